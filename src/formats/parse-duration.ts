const units: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, d: 86_400, w: 7 * 86_400 };

/** A time span as people write it, in seconds: `30d`, `2 w`, `12h`, `45min`, `10s`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(s|min|h|d|w)$/.exec(text.trim()) ?? [];
  return number === undefined ? undefined : Number(number) * units[unit];
}
