import type { Filters } from "./filters.ts";

/** `#OKTA-MEMBER-02` leads to that behaviour, also when it is closed or filtered out. */
export function deepLinks(filters: Filters): void {
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id === "" ? null : document.getElementById(id);
    if (target === null) return;
    filters.reveal(target);
    if (target instanceof HTMLDetailsElement) target.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", follow);
  // A second click on the same link changes no hash.
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    if (link !== null && link.getAttribute("href") === location.hash) follow();
  });
  follow();
}
