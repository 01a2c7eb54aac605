import { escapeHtml } from './escape-html.js';

/** Colors of pictures that stand alone, on white. */
export const colors = {
  ink: '#1b2430',
  soft: '#5c6878',
  rule: '#e3e7ec',
  dot: '#2563c9',
  interval: '#9db9e8',
};
export const fontFamily = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

export interface TextLook {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly fill?: string;
  readonly size?: number;
  readonly weight?: number;
  /** White around the letters, where lines may pass behind them. */
  readonly halo?: boolean;
}

/** Letters whose base line begins (or ends, or has its middle) at a place. */
export function text(
  x: number,
  y: number,
  content: string,
  { anchor = 'start', fill = colors.soft, size, weight, halo = false }: TextLook = {},
): string {
  const font = `${size ? ` font-size="${size}"` : ''}${weight ? ` font-weight="${weight}"` : ''}`;
  const around = halo ? ' stroke="#ffffff" stroke-width="3" paint-order="stroke"' : '';
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="${fill}"${font}${around}>${escapeHtml(content)}</text>`;
}

/** What is shown of an element on hover. */
export const title = (content: string) => `<title>${escapeHtml(content)}</title>`;

/** To a tenth of a unit, which no eye tells from the exact place. */
export const round = (value: number) => Math.round(value * 10) / 10;

interface Sides {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A line across, its label on the left. */
export function horizontal(y: number, label: string, { left, right }: Sides): string {
  const line = `<line x1="${left}" x2="${right}" y1="${round(y)}" y2="${round(y)}" stroke="${colors.rule}"/>`;
  return line + text(left - 10, y + 4.5, label, { anchor: 'end' });
}

/** A line from top to bottom, its label below. */
export function vertical(x: number, label: string, { top, bottom }: Sides): string {
  const line = `<line x1="${round(x)}" x2="${round(x)}" y1="${top}" y2="${bottom}" stroke="${colors.rule}"/>`;
  return line + text(x, bottom + 20, label, { anchor: 'middle' });
}
