import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/terminal/display-width.js';
import { formatProgressLine } from '../../src/terminal/progress-line.js';

const download = {
  label: 'download',
  done: 42_062_912,
  total: 84_125_825,
  unit: 'bytes',
  details: '',
  perSecond: 5_200_000,
};
const epoch = {
  label: 'epoch 1/5',
  done: 1024,
  total: 22_500,
  unit: 'examples',
  details: 'step 32/704  loss 0.6931  accuracy 51.2 %',
  perSecond: 3210,
};

describe('a progress line', () => {
  it('shows share, size, rate and time left of a download', () => {
    expect(formatProgressLine(download)).toBe('download   50 %  42.1 MB / 84.1 MB  5.2 MB/s  ETA 9 s');
  });

  it('shows size and rate alone when the total is not known', () => {
    expect(formatProgressLine({ ...download, total: undefined }, { bar: true, width: 100 })).toBe(
      'download  42.1 MB  5.2 MB/s',
    );
  });

  it('shows neither rate nor time left before they are known', () => {
    expect(formatProgressLine({ ...download, perSecond: Number.NaN })).toBe(
      'download   50 %  42.1 MB / 84.1 MB',
    );
  });

  it('draws a bar that fills in proportion', () => {
    const bar = (done: number) =>
      /\[.*\]/.exec(formatProgressLine({ ...download, done }, { bar: true, width: 90 }))?.[0];
    expect(bar(0)).toBe(`[${'-'.repeat(30)}]`);
    expect(bar(download.total / 2)).toBe(`[${'='.repeat(14)}>${'-'.repeat(15)}]`);
    expect(bar(download.total)).toBe(`[${'='.repeat(30)}]`);
    expect(bar(download.total * 2)).toBe(`[${'='.repeat(30)}]`);
  });

  it('leaves out the count, then the bar, then the noun as the terminal gets narrower', () => {
    const line = (width: number) => formatProgressLine(epoch, { width, bar: true });
    expect(line(140)).toBe(
      `epoch 1/5  [=${'>'}${'-'.repeat(28)}]`.replace('[=>', '[>-') +
        '    5 %  1,024/22,500  step 32/704  loss 0.6931  accuracy 51.2 %  3,210 examples/s  ETA 7 s',
    );
    expect(line(105)).toMatch(/^epoch 1\/5 {2}\[[=>-]{10,}\] {4}5 % {2}step 32\/704 .* ETA 7 s$/);
    expect(line(90)).toBe(
      'epoch 1/5    5 %  step 32/704  loss 0.6931  accuracy 51.2 %  3,210 examples/s  ETA 7 s',
    );
    expect(line(80)).toBe('epoch 1/5    5 %  step 32/704  loss 0.6931  accuracy 51.2 %  3,210/s  ETA 7 s');
    expect(line(20)).toBe('epoch 1/5    5 %  s…');
  });

  it('never gets wider than the terminal', () => {
    const states = fc.record({
      label: fc.string({ unit: 'grapheme' }),
      done: fc.nat(),
      total: fc.option(fc.nat(), { nil: undefined }),
      unit: fc.constantFrom('bytes', 'examples'),
      details: fc.string({ unit: 'grapheme' }),
      perSecond: fc.oneof(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.constant(Number.NaN)),
    });
    fc.assert(
      fc.property(states, fc.integer({ min: 1, max: 200 }), (state, width) => {
        expect(displayWidth(formatProgressLine(state, { width, bar: true }))).toBeLessThanOrEqual(width);
      }),
    );
  });
});
