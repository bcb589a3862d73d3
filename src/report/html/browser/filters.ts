import { element } from "./element.ts";

export interface Filters {
  /** Makes sure that this behaviour is shown, whatever was filtered. */
  reveal(behaviour: Element): void;
}

/** Filters the behaviours by text, status, level and flow; they work together. */
export function behaviourFilters(): Filters {
  const form = document.querySelector<HTMLFormElement>("#filters");
  if (form === null) return { reveal: () => {} };
  const items = [...document.querySelectorAll<HTMLElement>("[data-behaviour]")];
  const groups = [...document.querySelectorAll<HTMLElement>("[data-group]")];
  const texts = new Map<HTMLElement, string>();
  const textOf = (item: HTMLElement) => {
    const text = texts.get(item) ?? (item.textContent ?? "").toLowerCase();
    texts.set(item, text);
    return text;
  };
  const apply = () => {
    const wanted = valuesOf(form);
    let shown = 0;
    for (const item of items) {
      item.hidden = !(
        ["status", "level", "flow"].every((key) => !wanted[key] || item.dataset[key] === wanted[key]) &&
        words(wanted.text).every((word) => textOf(item).includes(word))
      );
      if (!item.hidden) shown += 1;
    }
    for (const group of groups) group.hidden = group.querySelector("[data-behaviour]:not([hidden])") === null;
    // A heading of a cause says how many it breaks, which is not true of what is left of them.
    for (const heading of document.querySelectorAll<HTMLElement>(".cause-heading"))
      heading.hidden = shown < items.length;
    element(document, ".nothing").hidden = shown > 0;
    element(form, ".shown").textContent =
      shown === items.length ? behaviours(items.length) : `${shown} of ${behaviours(items.length)}`;
  };
  const clear = () => {
    form.reset();
    apply();
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => queueMicrotask(apply));
  element(document, ".nothing .clear").addEventListener("click", () => {
    clear();
    element<HTMLInputElement>(form, "[name=text]").focus();
  });
  showFlowOnClick(form, apply);
  searchOnSlash(form);
  apply();
  return {
    reveal: (behaviour) => {
      if (behaviour instanceof HTMLElement && behaviour.hidden) clear();
    },
  };
}

const valuesOf = (form: HTMLFormElement) =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)])) as Readonly<
    Record<string, string | undefined>
  >;

const behaviours = (count: number) => `${count} ${count === 1 ? "behaviour" : "behaviours"}`;

export const words = (text = "") => text.toLowerCase().split(/\s+/).filter(Boolean);

function showFlowOnClick(form: HTMLFormElement, apply: () => void): void {
  for (const link of document.querySelectorAll<HTMLElement>("[data-show-flow]")) {
    link.addEventListener("click", () => {
      form.reset();
      element<HTMLSelectElement>(form, "[name=flow]").value = link.dataset.showFlow ?? "";
      apply();
    });
  }
}

/** `/` leads to the search, as in many a page with a long list. */
function searchOnSlash(form: HTMLFormElement): void {
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof Element && event.target.closest("input, select, textarea");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    event.preventDefault();
    element<HTMLInputElement>(form, "[name=text]").focus();
  });
}
