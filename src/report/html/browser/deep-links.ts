import type { Filters } from "./filters.ts";

/** `#OKTA-MEMBER-02` leads to that behaviour, also when it is closed or filtered out. */
export function deepLinks(filters: Filters): void {
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id === "" ? null : document.getElementById(id);
    if (target === null) return;
    filters.reveal(target);
    if (target instanceof HTMLDetailsElement) target.open = true;
    comeToRestAt(target);
  };
  addEventListener("hashchange", follow);
  // A second click on the same link changes no hash.
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    if (link !== null && link.getAttribute("href") === location.hash) follow();
  });
  follow();
}

/** Frames in which the page may still grow above the target before nobody follows it any longer. */
const MOST_FRAMES = 30;

/**
 * Rows are laid out only as they come into view, so that what stands above the target may change its height once the
 * page got there. Follows it until it no longer moves.
 */
function comeToRestAt(target: HTMLElement): void {
  let left = MOST_FRAMES;
  const settle = (before: number, still: number) => {
    target.scrollIntoView();
    const { top } = target.getBoundingClientRect();
    const rested = Math.abs(top - before) < 1 ? still + 1 : 0;
    left -= 1;
    if (left > 0 && rested < 3) requestAnimationFrame(() => settle(top, rested));
  };
  settle(Number.NaN, 0);
}
