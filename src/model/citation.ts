/** Who published the sentence: Okta, an IETF standard, or the maker of the product under test. */
export type Standard = "okta" | "rfc" | "target";

/** A document that behaviours cite, listed once in `catalogue/documents.ts`. */
export interface SourceDocument {
  /** Short key used in citations, for example `D20` or `RFC7644`. */
  readonly key: string;
  readonly title: string;
  readonly standard: Standard;
  /** The public address, or where the document can be found when it has no address of its own. */
  readonly url: string;
}

/** The place of the sentence that asks for a behaviour. */
export interface Citation {
  /** The title of the document. */
  readonly document: string;
  readonly standard: Standard;
  /** Section, step or test case inside the document, for example `3.4.2.4` or `step 6`. May be empty. */
  readonly section: string;
  readonly url: string;
}
