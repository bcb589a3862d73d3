/** Figures as a terminal shows them while something runs. */

/** `1,234,567` */
export const numberText = (value: number) => Math.round(value).toLocaleString("en-US");

/** `1 group`, `1,234 groups` */
export const counted = (number: number, one: string, many = `${one}s`) =>
  `${numberText(number)} ${number === 1 ? one : many}`;

/** Per second: `0.5/s`, `1,200/s` */
export const rateText = (perSecond: number) =>
  `${Number(perSecond.toFixed(perSecond < 10 ? 1 : 0)).toLocaleString("en-US")}/s`;
