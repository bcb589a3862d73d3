/** Percent-encodes a text for a query. Half a surrogate pair, which a server may send, becomes U+FFFD. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, "\uFFFD"));
}

/** Percent-encodes what may not stand in a path segment as it is; `:` and `@` may (RFC 3986 section 3.3). */
export function encodedSegment(text: string): string {
  return percentEncoded(text).replaceAll("%3A", ":").replaceAll("%40", "@");
}
