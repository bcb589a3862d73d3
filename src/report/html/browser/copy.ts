/** Shows the buttons that copy what stands beside them, also those that are added later. */
export function copyButtons(): void {
  showCopyButtons(document);
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>("button.copy") : null;
    const source = button?.parentElement?.querySelector("pre");
    if (button === null || source === null || source === undefined) return;
    void copied(source).then((isCopied) => say(button, isCopied ? "Copied" : "Press Ctrl+C"));
  });
}

/** Buttons stand hidden in the page, because without a script they would do nothing. */
export function showCopyButtons(within: ParentNode): void {
  for (const button of within.querySelectorAll<HTMLButtonElement>("button.copy")) button.hidden = false;
}

/** Where the clipboard is out of reach, the text is left selected for the reader to copy. */
async function copied(source: HTMLElement): Promise<boolean> {
  const text = source.textContent ?? "";
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const selection = getSelection();
    selection?.selectAllChildren(source);
    return document.execCommand("copy");
  }
}

function say(button: HTMLButtonElement, word: string): void {
  const before = button.dataset.word ?? button.textContent ?? "";
  button.dataset.word = before;
  button.textContent = word;
  setTimeout(() => {
    button.textContent = before;
  }, 2_000);
}
