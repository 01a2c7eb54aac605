import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.js';

const parse = (members: string) => parseConfig(`model: {type: ensemble, members: [${members}]}`, 'c.yaml');

describe('the members of an ensemble', () => {
  it.each([
    ['{name: a, weight: 1}, {config: gru}', /some are runs \(name\) and some are configs/],
    ['{name: a, weight: 1}', /one run, but a mean is of two or more/],
    ['{config: gru}', /one run, but a mean is of two or more/],
    ['{config: gru, weight: 1}, {config: lstm}', /some weights are fit and some are numbers/],
    ['{config: gru, seeds: 2}', /runs with other seeds hold out others/],
    ['{config: gru}, {config: gru}', /gru is named twice\. Name it once, with seeds/],
    ['{config: gru, name: a}', /members/],
    ['{config: gru, seeds: 2, weight: 1, set: [epochs]}', /set has "epochs"\. Expected key=value/],
  ])('cannot be %s', (members, message) => {
    expect(() => parse(members)).toThrow(message);
  });

  it.each([
    '{name: a, weight: 1}, {name: b, weight: 0.5}',
    '{config: gru}, {config: lstm}',
    '{config: gru, seeds: 2, weight: 1}',
    '{config: gru, seeds: 3, weight: 1}, {config: nb-ngrams, weight: 3}',
  ])('may be %s', (members) => {
    expect(parse(members).config.model).toMatchObject({ type: 'ensemble' });
  });

  it('are trained once and weighed by held-out examples, unless told otherwise', () => {
    expect(parse('{config: gru}, {config: lstm}').config.model).toMatchObject({
      members: [
        { config: 'gru', seeds: 1, weight: 'fit', set: [], setTaught: [] },
        { config: 'lstm', seeds: 1, weight: 'fit' },
      ],
      rounds: 1,
      join: 'lastRound',
    });
  });
});
