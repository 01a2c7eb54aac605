import { describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { constantRate } from '../../src/optimizers/learning-rate.js';
import {
  gradientOptimizers,
  makeOptimizer,
  optimizerSettings,
  optimizerTable,
  scheduleOf,
} from '../../src/optimizers/optimizer-table.js';

const names = Object.keys(optimizerTable) as (keyof typeof optimizerTable)[];

describe('the table of optimizers', () => {
  it.each(names)('fills the settings of %s, whose name is that of its row', (name) => {
    const settings = optimizerSettings.parse({ name });
    expect(settings.name).toBe(name);
    expect(Object.keys(settings)[0]).toBe('name');
    expect(settings.learningRate).toBeGreaterThan(0);
  });

  it('takes adam where nothing is said', () => {
    expect(optimizerSettings.parse({})).toEqual({
      name: 'adam',
      ...{ learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    });
  });

  it.each(gradientOptimizers)(
    'makes what trains by gradients with the settings of the config: %s',
    async (name) => {
      const settings = optimizerSettings.parse({ name, learningRate: 0.125 });
      const optimizer = await makeOptimizer(settings);
      expect(optimizer.learningRate).toBe(0.125);
      const { name: _name, ...rest } = settings;
      expect(optimizer.getConfig()).toEqual(rest);
      optimizer.dispose();
    },
  );

  it('makes none where a learner moves its weights itself, or where there is no optimizer', async () => {
    expect(gradientOptimizers).toEqual(['adam']);
    await expect(makeOptimizer(optimizerSettings.parse({ name: 'fastText' }))).rejects.toThrow(
      'no training by gradients with fastText',
    );
    await expect(makeOptimizer(undefined)).rejects.toThrow('no training by gradients with no optimizer');
  });

  it('names the schedule of each', () => {
    expect(names.map((name) => scheduleOf(optimizerSettings.parse({ name })).name)).toEqual([
      'constant',
      'linear',
    ]);
    const { training } = fillConfig({ model: { type: 'bagOfWords' } }, 'test');
    expect(scheduleOf(training.optimizer)).toEqual(constantRate);
  });
});
