import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/schema.js';
import {
  examplesDifference,
  settingsDifference,
  type TrainingIdentity,
} from '../../src/runs/training-identity.js';
import { tinyConfig } from './tiny-run.js';

const config = tinyConfig();

function identity(examples: Partial<TrainingIdentity['examples']> = {}): TrainingIdentity {
  return { config, examples: { dataset: 'files', count: 1_000, contentHash: 'c', ...examples } };
}

const file = (path: string, bytes: number, modified = '2025-01-31T00:00:00.000Z') => ({
  path,
  bytes,
  modified,
});

describe('the settings of a training', () => {
  it('differ by key, with both values', () => {
    const now = {
      ...config,
      seed: 2,
      training: { ...config.training, batchSize: 64, classWeights: { bad: 2 } },
    } as Config;
    expect(settingsDifference(config, now)).toEqual([
      'seed: 1 -> 2',
      'training.batchSize: 32 -> 64',
      'training.classWeights: "none" -> {"bad":2}',
    ]);
  });

  it('do not differ by what changes no step that is done: number of epochs, times of checkpoints', () => {
    const training = { ...config.training, epochs: 99, checkpoint: { seconds: 1, steps: 7 } };
    expect(settingsDifference(config, { ...config, training })).toEqual([]);
  });

  it('do not differ by keys that this version has beyond the one before', () => {
    const { labelSmoothing: _later, ...training } = config.training;
    expect(settingsDifference({ ...config, training }, config)).toEqual([]);
    const smoothed = { ...config, training: { ...config.training, labelSmoothing: 0.1 } };
    expect(settingsDifference({ ...config, training }, smoothed)).toEqual([
      'training.labelSmoothing: 0 -> 0.1',
    ]);
  });
});

describe('the examples of a training', () => {
  it('do not differ where the files were only written again', () => {
    const again = identity({ files: [file('a.csv', 10, '2026-01-31T00:00:00.000Z')] });
    expect(examplesDifference(identity({ files: [file('a.csv', 10)] }), again)).toEqual([]);
  });

  it('differ by file, and by their number', () => {
    const former = identity({ files: [file('a.csv', 10), file('b.csv', 20), file('c.csv', 30)] });
    const now = identity({
      count: 1_003,
      contentHash: 'd',
      files: [file('a.csv', 12), file('b.csv', 20, '2025-02-01T00:00:00.000Z'), file('d.csv', 1)],
    });
    expect(examplesDifference(former, now)).toEqual([
      'a.csv: 10 -> 12 bytes',
      'b.csv: was written anew, 2025-02-01T00:00:00.000Z',
      'd.csv: is new',
      'c.csv: is no longer read',
      'files: 1,000 examples -> 1,003 examples',
    ]);
  });

  it('differ where there are as many, of another content', () => {
    expect(examplesDifference(identity(), identity({ contentHash: 'd' }))).toEqual([
      'files: 1,000 examples as before, but their content is another one',
    ]);
  });

  it('differ where those of the validation do', () => {
    expect(examplesDifference(identity({ validationHash: 'v' }), identity({ validationHash: 'w' }))).toEqual([
      'files: other validation examples',
    ]);
  });
});
