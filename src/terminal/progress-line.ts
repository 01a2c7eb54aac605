import { formatBytes } from '../formats/bytes.js';
import { formatDuration } from '../formats/durations.js';
import { formatCount, formatPercent, formatRate } from '../formats/numbers.js';
import { cropToWidth, displayWidth } from './display-width.js';

/** What one progress line shows. */
export interface ProgressState {
  readonly label: string;
  readonly done: number;
  /** Undefined when nobody knows, as for a download whose server does not tell its length. */
  readonly total: number | undefined;
  /** `bytes`, or a plural noun. */
  readonly unit: string;
  /** Free text of the caller, such as step, loss and accuracy. */
  readonly details: string;
  /** Units a second; NaN when not yet known. */
  readonly perSecond: number;
}

const longestBar = 30;
const shortestBar = 10;

/**
 * One line such as `epoch 1/5  [=====>----]  45 %  10,125/22,500  loss 0.6931  3,210 examples/s  ETA 4 s`.
 * In a narrow terminal first the count goes, then the bar, then the noun of the rate; the rest is cut off.
 *
 * @param options `width`: columns to fit into (default: no limit); `bar`: whether a bar is drawn (default false)
 */
export function formatProgressLine(
  state: ProgressState,
  { width = Number.POSITIVE_INFINITY, bar = false }: { width?: number; bar?: boolean } = {},
): string {
  const barRoom = bar && state.total !== undefined ? shortestBar + 4 : 0;
  const attempts = [
    { line: joined(state, { count: true, noun: true }), bar: barRoom },
    { line: joined(state, { count: !state.details, noun: true }), bar: barRoom },
    { line: joined(state, { count: !state.details, noun: true }), bar: 0 },
  ];
  const fitting = attempts.find((attempt) => displayWidth(attempt.line) + attempt.bar <= width);
  if (!fitting) return cropToWidth(joined(state, { count: !state.details, noun: false }), width);
  if (fitting.bar === 0) return fitting.line;
  const room = Math.min(longestBar, width - displayWidth(fitting.line) - (barRoom - shortestBar));
  return fitting.line.replace(state.label, () => `${state.label}  ${drawnBar(state, room)}`);
}

function joined(state: ProgressState, { count, noun }: { count: boolean; noun: boolean }): string {
  const { label, done, total, unit, details, perSecond } = state;
  const parts = [label];
  if (total !== undefined) parts.push(formatPercent(share(done, total), { digits: 0 }).padStart(5));
  if (count || total === undefined) parts.push(countOfTotal(state));
  if (details) parts.push(details);
  if (perSecond > 0) {
    parts.push(formatRate(perSecond, noun || unit === 'bytes' ? unit : ''));
    if (total !== undefined && done < total) parts.push(`ETA ${secondsLeft((total - done) / perSecond)}`);
  }
  return parts.join('  ');
}

function countOfTotal({ done, total, unit }: ProgressState): string {
  if (unit === 'bytes')
    return total === undefined ? formatBytes(done) : `${formatBytes(done)} / ${formatBytes(total)}`;
  return total === undefined ? `${formatCount(done)} ${unit}` : `${formatCount(done)}/${formatCount(total)}`;
}

/** Whole seconds: tenths of an estimate would only flicker. */
function secondsLeft(seconds: number): string {
  return seconds < 60 ? `${Math.ceil(seconds)} s` : formatDuration(seconds);
}

function drawnBar({ done, total }: ProgressState, columns: number): string {
  const filled = Math.round(share(done, total!) * columns);
  const head = filled > 0 && filled < columns ? '>' : '';
  return `[${('='.repeat(filled - head.length) + head).padEnd(columns, '-')}]`;
}

function share(done: number, total: number): number {
  return total > 0 ? Math.min(done / total, 1) : 1;
}
