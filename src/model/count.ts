/** `1 user`, `2 users`, `1,234 users`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** `1,234,567` */
export function countText(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}
