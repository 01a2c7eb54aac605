/** A fraction as percent: 0.765 is `76.5 %`; `-` when it is not a number. `digits` after the point: 1. */
export function formatPercent(fraction: number, { digits = 1 }: { digits?: number } = {}): string {
  return Number.isFinite(fraction) ? `${(fraction * 100).toFixed(digits)} %` : '-';
}
