import { beforeAll, describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { UserError } from '../../src/errors/user-error.js';
import type { Task } from '../../src/tasks/task.js';
import { createLearner } from '../../src/training/create-learner.js';
import { weighTraining } from '../../src/training/weigh-training.js';
import { useCpu } from '../runs/tiny-run.js';
import { encodedExamples, idCount, learningConfig, tinyExamples } from './tiny-data.js';
import { tinyTask } from './tiny-task.js';

beforeAll(useCpu);

const training = encodedExamples(tinyExamples(9, { labelCount: 3 }));
const task = tinyTask(3);
const plain = { classWeights: 'none', labelSmoothing: 0 } as const;

describe('weighTraining', () => {
  it('changes nothing where nothing is weighed', () => {
    const weighed = weighTraining(training, plain, task);
    expect(weighed.training).toBe(training);
    expect(weighed.lossSettings).toEqual({});
  });

  it('gives examples the weight of their label, 1 where none is named, and hands smoothing on', () => {
    const settings = { classWeights: { strange: 4, negative: 0.25 }, labelSmoothing: 0.1 };
    const { training: weighed, lossSettings } = weighTraining(training, settings, task);
    expect(weighed.weights).toEqual(Float32Array.of(0.25, 1, 4, 0.25, 1, 4, 0.25, 1, 4));
    expect(weighed.ids).toBe(training.ids);
    expect(lossSettings).toEqual({ smoothing: 0.1 });
  });

  it('leaves the weighing of labels to the task where examples may have several', () => {
    const several = {
      ...task,
      weighLabels: () => ({ positives: Float64Array.of(1, 2, 3) }),
    } as Task;
    const { training: weighed, lossSettings } = weighTraining(
      training,
      { ...plain, classWeights: 'balanced' },
      several,
    );
    expect(weighed).toBe(training);
    expect(lossSettings).toEqual({ positiveWeights: Float64Array.of(1, 2, 3) });
  });

  it('refuses names that are no labels, and says which was meant', () => {
    const settings = { ...plain, classWeights: { postive: 2, xyz: 1 } };
    const failing = () => weighTraining(training, settings, task);
    expect(failing).toThrow(UserError);
    expect(failing).toThrow(
      'training.classWeights names postive, which is no label of the data set. Did you mean positive?\n' +
        'training.classWeights names xyz, which is no label of the data set.',
    );
  });

  it('does not take what every object has for a label', () => {
    const labels = ['constructor', 'toString'];
    const weighed = weighTraining(
      encodedExamples(tinyExamples(2)),
      { ...plain, classWeights: { toString: 3 } as unknown as Record<string, number> },
      {
        ...task,
        labels,
        weighLabels: (_targets, weights) => ({ positives: Float64Array.from(weights as number[]) }),
      },
    );
    expect(weighed.lossSettings.positiveWeights).toEqual(Float64Array.of(1, 3));
  });

  it('refuses weights of which none is above 0, and a task without labels', () => {
    const none = { ...training, weights: new Float32Array(9) };
    expect(() => weighTraining(none, plain, task)).toThrow(/weight 0: there is nothing to learn/);
    const { weighLabels: _gone, ...without } = task;
    expect(() => weighTraining(training, { ...plain, classWeights: 'balanced' }, without)).toThrow(
      /no labels to weigh/,
    );
  });
});

describe('createLearner', () => {
  it('refuses a bag of words where there are numbers beside the texts', async () => {
    const config = fillConfig({ model: { type: 'bagOfWords' } }, 'test');
    const features = { values: new Float32Array(18), columns: 2 };
    const columns = ['price', 'stars'].map((name) => ({ name, kind: 'numeric' as const }));
    const options = { config, task, training: { ...training, features }, features: columns, idCount };
    await expect(createLearner(options)).rejects.toThrow(
      'A bagOfWords model reads words only, but the data set has 2 features (price, stars) beside each text.',
    );
  });

  it('weighs labels as the config says', async () => {
    const config = learningConfig({ classWeights: { postive: 2 } });
    await expect(createLearner({ config, task, training, idCount })).rejects.toThrow(/Did you mean positive/);
  });
});
