const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A figure as people read it: `76.5 %`, `0.4913`, `25,000`; `-` where it has no value. */
export function formatFigure(value: number | null | undefined, form: 'share' | 'number' | 'count'): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '-';
  if (form === 'count') return grouped.format(value);
  return form === 'share' ? `${(value * 100).toFixed(1)} %` : value.toFixed(4);
}
