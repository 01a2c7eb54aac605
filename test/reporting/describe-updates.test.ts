import { describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { describeUpdates } from '../../src/reporting/describe-updates.js';
import { modelCard } from '../../src/reporting/model-card.js';
import { runOf } from './run-of.js';

const configOf = (training: object) => fillConfig({ model: { layers: [{ cell: 'gru' }] }, training }, 'test');
const facts = (training: object) => describeUpdates(configOf(training).training);

describe('what happens around updates, in words', () => {
  it('is nothing where all of it is off', () => {
    expect(facts({})).toEqual([]);
  });

  it('names each setting that is on, and its number', () => {
    const settings = {
      clip: { norm: 1 },
      l2: 0.001,
      maxNorm: 2,
      average: { name: 'exponential', decay: 0.9 },
    };
    expect(facts(settings)).toEqual([
      'gradients clipped to the norm 1',
      'L2 penalty 0.001 on kernels',
      'incoming weights of a unit limited to the norm 2',
      'the weights are a moving mean, decay 0.9',
    ]);
    expect(
      facts({ clip: { value: 0.5 }, l2: { factor: 0.1, weights: 'all' }, average: { name: 'stochastic' } }),
    ).toEqual([
      'gradients cut off at 0.5',
      'L2 penalty 0.1 on all weights',
      'the weights are the mean of those of each step after 75 % of the training',
    ]);
    expect(facts({ average: { name: 'stochastic', from: 0.5, every: 'epoch' } })).toEqual([
      'the weights are the mean of those at the end of each epoch after 50 % of the training',
    ]);
  });

  it('stands in the model card, beside the batches of a step', () => {
    const config = configOf({ accumulate: 4, clip: { norm: 1 }, optimizer: { name: 'adamw' } });
    const lines = modelCard(runOf({ config })).split('\n');
    expect(lines).toContain('- adamw, learning rate 0.001, batches of 32, 4 of them a step, seed 1');
    expect(lines).toContain('- gradients clipped to the norm 1');
  });
});
