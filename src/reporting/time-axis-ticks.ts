const [minute, hour, day] = [60, 3600, 86_400];

/** Times that people count in, in seconds. */
const round = [
  ...[0.01, 0.02, 0.05, 0.1, 0.2, 0.5],
  ...[1, 2, 5, 10, 30],
  ...[1, 2, 5, 10, 30].map((count) => count * minute),
  ...[1, 2, 5, 10].map((count) => count * hour),
  ...[1, 2, 5, 10, 20, 50, 100].map((count) => count * day),
];

/** Times keep this distance, as a factor, from the ends of the axis. */
const margin = 1.15;

/** A mark on a time axis. */
export interface TimeTick {
  readonly seconds: number;
  /** `30 s`, `2 min`, `5 h`, `1 d`. */
  readonly label: string;
}

/**
 * Marks of a logarithmic time axis: round times, the first below `least` and the last above `greatest` as far as there
 * are such; they are the ends of the axis.
 *
 * @param least shortest time, in seconds, above 0
 * @param greatest longest time
 */
export function timeAxisTicks(least: number, greatest: number): TimeTick[] {
  const before = round.findLastIndex((time) => time * margin <= least);
  const after = round.findIndex((time) => time >= greatest * margin);
  const end = after < 0 ? round.length : Math.max(after + 1, 2);
  return round
    .slice(Math.min(Math.max(before, 0), end - 2), end)
    .map((seconds) => ({ seconds, label: labelOf(seconds) }));
}

function labelOf(seconds: number): string {
  if (seconds < minute) return `${seconds} s`;
  if (seconds < hour) return `${seconds / minute} min`;
  return seconds < day ? `${seconds / hour} h` : `${seconds / day} d`;
}
