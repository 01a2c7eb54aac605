import { describe, expect, it } from 'vitest';
import { Rate } from '../../src/terminal/rate.js';

describe('the rate of progress', () => {
  it('is unknown before time has passed', () => {
    expect(new Rate(0, 100).perSecond(100)).toBeNaN();
  });

  it('leaves out what was there at the start', () => {
    const rate = new Rate(1_000_000, 0);
    rate.add(1_000_500, 1000);
    expect(rate.perSecond(1000)).toBe(500);
  });

  it('follows a speed that changes within about ten seconds', () => {
    const rate = new Rate(0, 0);
    let done = 0;
    for (let second = 1; second <= 60; second += 1) {
      done += second <= 30 ? 100 : 10;
      rate.add(done, second * 1000);
    }
    expect(rate.perSecond(60_000)).toBeCloseTo(10, 6);
  });

  it('falls while nothing happens', () => {
    const rate = new Rate(0, 0);
    rate.add(100, 1000);
    expect(rate.perSecond(5000)).toBe(20);
  });

  it('counts exactly however often it is told', () => {
    const rate = new Rate(0, 0);
    for (let step = 1; step <= 5000; step += 1) rate.add(step * 3, step);
    expect(rate.perSecond(5000)).toBeCloseTo(3000, 6);
  });
});
