import { describe, expect, it } from 'vitest';
import type { PlottedRun } from '../../src/reporting/accuracy-time-layout.js';
import { accuracyTimePlot } from '../../src/reporting/accuracy-time-plot.js';
import { renderPng } from '../../src/reporting/render-png.js';
import { textWidth, withoutMiddle } from '../../src/reporting/text-width.js';
import { timeAxisTicks } from '../../src/reporting/time-axis-ticks.js';

const titles = { figure: 'accuracy', subtitle: 'test split' };
const run = (name: string, accuracy: number, seconds: number): PlottedRun => ({
  ...{ name, value: accuracy, seconds },
  interval: [accuracy - 0.005, accuracy + 0.005],
});
const names = (svg: string) => [...svg.matchAll(/fill="#1b2430"[^>]*>([^<]*)</g)].map(([, name]) => name);
const dots = (svg: string) => [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)];

describe('a plot of accuracy against training time', () => {
  it('is an SVG of its own that loads nothing', () => {
    const svg = accuracyTimePlot([run('gru2', 0.76, 120)], titles);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+"/);
    expect(svg).not.toMatch(/href|url\(|<script|@import/);
    expect(names(svg)).toEqual(['Accuracy and training time', 'gru2']);
  });

  it('has a better run further up and a slower one further right, in equal steps for equal factors', () => {
    const svg = accuracyTimePlot([run('a', 0.7, 10), run('b', 0.8, 100), run('c', 0.9, 1_000)], titles);
    const [a, b, c] = dots(svg).map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
    expect(b.x - a.x).toBeCloseTo(c.x - b.x, 0);
    expect(a.x).toBeLessThan(b.x);
    expect(a.y - b.y).toBeCloseTo(b.y - c.y, 0);
    expect(a.y).toBeGreaterThan(b.y);
  });

  it.each([
    ['the same figures', Array.from({ length: 14 }, (_, i) => run(`run-${i}`, 0.76, 60))],
    [
      'nearly the same figures',
      Array.from({ length: 30 }, (_, i) => run(`run-${i}`, 0.76 + i / 1e4, 60 + i)),
    ],
  ])('names every one of many runs with %s, in rows that do not touch', (_, runs) => {
    const svg = accuracyTimePlot(runs, titles);
    expect(names(svg).slice(1).sort()).toEqual(runs.map(({ name }) => name).sort());
    const rows = [...svg.matchAll(/<polyline points="[^"]* [\d.]+,([\d.]+)"/g)].map(([, y]) => Number(y));
    const sorted = rows.toSorted((one, other) => one - other);
    expect(rows.length).toBeGreaterThan(0);
    sorted.slice(1).forEach((y, index) => {
      expect(y - sorted[index]).toBeGreaterThan(13);
    });
  });

  it('shortens a long name, and has it in full for who points at it', () => {
    const name = `bidirectional-${'very-'.repeat(20)}long-2026-01-31-1`;
    const svg = accuracyTimePlot([run(name, 0.7, 5)], titles);
    expect(names(svg)[1]).toMatch(/^bidirectional-.*….*-2026-01-31-1$/);
    expect(svg).toContain(`<title>${name}</title>`);
  });

  it('is not misled by what a name holds', () => {
    const svg = accuracyTimePlot([run('<b>&"$&', 0.7, 5)], titles);
    expect(svg).toContain('&lt;b&gt;&amp;&quot;$&amp;');
  });

  it('is not drawn without a run', () => {
    expect(() => accuracyTimePlot([], titles)).toThrow('no run');
  });
});

describe('a picture as PNG', () => {
  it('has two pixels to a unit of the SVG, and something drawn in it', async () => {
    const svg = accuracyTimePlot([run('gru2', 0.76, 120)], titles);
    const [, width, height] = svg.match(/width="(\d+)" height="(\d+)"/)!.map(Number);
    const png = Buffer.from(await renderPng(svg));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * width, 2 * height]);
    const empty = Buffer.from(
      await renderPng(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"/>`),
    );
    expect(png.length).toBeGreaterThan(2 * empty.length);
  });

  it('has letters in it: another text is another picture', async () => {
    const [one, same, other] = await Promise.all(
      ['gru2', 'gru2', 'lstm'].map((name) => renderPng(accuracyTimePlot([run(name, 0.76, 120)], titles))),
    );
    expect(Buffer.from(one).equals(same)).toBe(true);
    expect(Buffer.from(one).equals(other)).toBe(false);
  });
});

describe('marks of a time axis', () => {
  it.each([
    [120, 120, ['1 min', '2 min', '5 min']],
    [5, 1_800, ['2 s', '5 s', '10 s', '30 s', '1 min', '2 min', '5 min', '10 min', '30 min', '1 h']],
    [0.0001, 0.0002, ['0.01 s', '0.02 s']],
    [80_000, 1e9, ['10 h', '1 d', '2 d', '5 d', '10 d', '20 d', '50 d', '100 d']],
    [1e9, 1e9, ['50 d', '100 d']],
  ])('from %d to %d s are round times around them', (least, greatest, labels) => {
    const ticks = timeAxisTicks(least, greatest);
    // A range that lies beyond the last round time shows the last two.
    expect(ticks.map(({ label }) => label)).toEqual(labels);
  });
});

describe('the width of a text', () => {
  it('grows with its letters and its size', () => {
    expect(textWidth('mm', 10)).toBe(2 * textWidth('m', 10));
    expect(textWidth('m', 20)).toBe(2 * textWidth('m', 10));
    expect(textWidth('i', 10)).toBeLessThan(textWidth('m', 10));
  });

  it('is limited by leaving out the middle', () => {
    expect(withoutMiddle('abcdefghij', 10)).toBe('abcdefghij');
    expect(withoutMiddle('abcdefghij', 7)).toBe('abc…hij');
  });
});
