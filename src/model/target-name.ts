/** What was tested, as a sentence names it. */
export const targetName = ({ kind, url }: { readonly kind: string; readonly url: string }): string =>
  kind === "embedded" ? "the embedded reference server" : url;
