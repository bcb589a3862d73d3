/** A time in milliseconds, to as many digits as it bears: `0.42 ms`, `12.3 ms`, `1.25 s`. */
export function msText(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (ms >= 59_950) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  if (ms >= 999.5) return `${trimmed(ms / 1000)} s`;
  return `${trimmed(ms)} ms`;
}

function trimmed(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export function shareText(share: number): string {
  const percent = share * 100;
  if (percent === 0) return "0 %";
  return percent < 0.01 ? "< 0.01 %" : `${Number(percent.toFixed(2))} %`;
}

export function rateText(perSecond: number): string {
  return `${Number(perSecond.toFixed(perSecond < 10 ? 2 : 1)).toLocaleString("en-US")}/s`;
}

export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ["KB", "MB", "GB", "TB"];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number(value.toFixed(1))} ${units[unit]}`;
}
