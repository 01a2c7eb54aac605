import { describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { describeSchedule } from '../../src/reporting/describe-schedule.js';
import { modelCard } from '../../src/reporting/model-card.js';
import { runOf } from './run-of.js';

const configOf = (schedule: unknown) =>
  fillConfig({ model: { layers: [{ cell: 'gru' }] }, training: { schedule } }, 'test');

describe('the schedule of a learning rate, in words', () => {
  it.each([
    ['auto', []],
    [{ name: 'constant' }, []],
    [{ name: 'constant', warmupSteps: 100 }, ['the learning rate rises over 100 steps']],
    [{ name: 'linear' }, ['the learning rate falls evenly to 0 of it']],
    [
      { name: 'cosine', warmupSteps: 1, final: 0.1 },
      ['the learning rate rises over 1 step, then falls along half a cosine to 0.1 of it'],
    ],
    [{ name: 'oneCycle' }, ['the learning rate rises and falls in one cycle']],
    [{ name: 'exponential' }, ['the learning rate is multiplied by 0.5 over each epoch']],
    [
      { name: 'reduceOnPlateau', factor: 0.1 },
      ['the learning rate is multiplied by 0.1 where validation does not get better'],
    ],
  ])('%j', (schedule, words) => {
    expect(describeSchedule(configOf(schedule).training)).toEqual(words);
  });

  it('stands in the model card', () => {
    const card = modelCard(runOf({ config: configOf({ name: 'linear' }) }));
    expect(card).toContain('- the learning rate falls evenly to 0 of it');
  });
});
