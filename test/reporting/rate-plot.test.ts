import { describe, expect, it } from 'vitest';
import { ratePlot } from '../../src/reporting/rate-plot.js';

const points = Array.from({ length: 7 }, (_, step) => ({
  learningRate: 10 ** (step - 6),
  loss: 0.7 - step * 0.05,
  smoothedLoss: 0.7 - step * 0.04,
}));

describe('a plot of loss against learning rate', () => {
  it('is an SVG of its own that loads nothing, with a mark at each power of ten', () => {
    const svg = ratePlot({ points }, { subtitle: 'gru2 & <co>' });
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+"/);
    expect(svg).not.toMatch(/href|url\(|<script|@import/);
    expect(svg).toContain('gru2 &amp; &lt;co&gt;');
    for (const label of ['1e-6', '1e-5', '1e-4', '1e-3', '0.01', '0.1', '1'])
      expect(svg).toContain(`>${label}</text>`);
  });

  it('has equal steps for equal factors, and marks the rate that is proposed', () => {
    const svg = ratePlot({ points, proposed: 0.001 }, { subtitle: '' });
    const [smoothed] = [...svg.matchAll(/<polyline points="([^"]*)"/g)]
      .slice(1)
      .map(([, places]) => places.split(' '));
    const xs = smoothed.map((place) => Number(place.split(',')[0]));
    for (const [step, x] of xs.slice(1).entries()) expect(x - xs[step]).toBeCloseTo(xs[1] - xs[0], 0);
    expect(svg).toContain('proposed: 0.0010');
    expect(svg).toContain(`<line x1="${xs[3]}" x2="${xs[3]}"`);
  });
});
