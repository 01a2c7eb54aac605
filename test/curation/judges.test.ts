import { describe, expect, it } from 'vitest';
import { foldSteps, partsOfFold } from '../../src/curation/fold-steps.js';
import { judgesOf } from '../../src/curation/judges.js';
import { leaveOut } from '../../src/curation/leave-out.js';
import { openTask } from '../../src/tasks/open-task.js';
import { createLearner, lastEpochIsBest } from '../../src/training/create-learner.js';
import { useCpu } from '../runs/tiny-run.js';
import { encodedExamples, idCount, learningConfig, tinyExamples } from '../training/tiny-data.js';
import { bagOfWordsConfig } from './run-of-tiny-data.js';

const task = openTask('classification', ['bad', 'good']);

describe('judgesOf', () => {
  it("sets a bag of words beside the run's models, of TF-IDF unless the run reads that", () => {
    const config = learningConfig({ classWeights: 'balanced' });
    const [own, words] = judgesOf(config, { task, judges: 'both' });
    expect(own).toEqual({ name: 'run', config, readsFeatures: true });
    expect(words.config.model).toMatchObject({ type: 'bagOfWords', weighting: 'tfIdf' });
    expect(words.config).toMatchObject({
      seed: 1,
      text: config.text,
      training: { classWeights: 'balanced' },
    });
    const bag = bagOfWordsConfig();
    const tfIdf = { ...bag, model: { ...bag.model, weighting: 'tfIdf' } } as typeof bag;
    expect(judgesOf(tfIdf, { task, judges: 'both' })[1].config.model).toMatchObject({
      weighting: 'naiveBayes',
    });
  });

  it("leaves the run's models alone where that is asked for or nothing else can learn the task", () => {
    const config = learningConfig();
    expect(judgesOf(config, { task, judges: 'run' })).toHaveLength(1);
    expect(judgesOf(config, { task: { ...task, exampleLoss: undefined }, judges: 'both' })).toHaveLength(1);
  });
});

describe('partsOfFold', () => {
  const examples = {
    ...encodedExamples(tinyExamples(20)),
    features: { values: new Float32Array(20), columns: 1 },
  };
  const judges = judgesOf(learningConfig(), { task, judges: 'both' });
  const steps = foldSteps({ rounds: 2, judges, folds: 4 });
  const isLeftOut = Uint8Array.from({ length: 20 }, (_, example) => Number(example < 3));
  const parts = steps.map((step) => partsOfFold(examples, step, { folds: 4, seed: 1, isLeftOut }));

  it('judges each example once in a pass, and learns from all others but those that are left out', () => {
    expect(steps.map(({ pass }) => pass)).toEqual([0, 1, 2, 3].flatMap((pass) => [pass, pass, pass, pass]));
    for (const pass of [0, 1, 2, 3]) {
      const judged = parts.slice(4 * pass, 4 * pass + 4).flatMap((each) => [...each.judged]);
      expect(judged.sort((one, other) => one - other)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    }
    parts.forEach(({ rest, judged }) => {
      const alsoLeftOut = judged.filter((example) => example < 3).length;
      expect(rest.targets.values.length).toBe(20 - judged.length - 3 + alsoLeftOut);
    });
  });

  it('deals alike for the judges of a round and anew in the next one; the bag of words sees texts alone', () => {
    expect(parts[4].judged).toEqual(parts[0].judged);
    expect(parts[8].judged).not.toEqual(parts[0].judged);
    expect(parts.map(({ rest }) => rest.features !== undefined)).toEqual(
      steps.map(({ judge }) => judge.name === 'run'),
    );
  });
});

describe('leaveOut', () => {
  it('marks the half that looks most wrong, by any question', () => {
    const labels = Int32Array.from({ length: 20 }, (_, example) => example % 2);
    const wrongAt = (wrong: readonly number[]) => {
      const probabilities = Float64Array.from({ length: 40 }, (_, place) => {
        const example = place >> 1;
        const given = wrong.includes(example) ? 0.01 * (1 + wrong.indexOf(example)) : 0.9;
        return place % 2 === labels[example] ? given : 1 - given;
      });
      return { labels, probabilities, labelCount: 2 };
    };
    const marked = (...wrong: number[][]) =>
      [...leaveOut(wrong.map(wrongAt))].flatMap((flag, example) => (flag === 1 ? [example] : []));
    expect(marked([8, 3, 6, 5])).toEqual([3, 8]);
    expect(marked([8, 3, 6, 5], [1, 2])).toEqual([1, 3, 8]);
    expect(marked([])).toEqual([]);
  });
});

describe('lastEpochIsBest', () => {
  it('says what the learners say', async () => {
    await useCpu();
    const training = encodedExamples(tinyExamples(20));
    for (const config of [bagOfWordsConfig(), learningConfig()]) {
      const learner = await createLearner({ config, task, training, idCount: Math.max(idCount, 20) });
      expect(lastEpochIsBest(config.model.type)).toBe(learner.lastIsBest);
      learner.dispose();
    }
  });
});
