import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeTexts } from '../../src/batches/encode-texts.js';
import { fillConfig } from '../../src/config/fill-config.js';
import { loadConfig } from '../../src/config/load-config.js';
import { evaluateRun } from '../../src/jobs/evaluate-run.js';
import { predictProbabilities } from '../../src/model/predict-probabilities.js';
import { Predictor } from '../../src/prediction/predictor.js';
import { loadModel } from '../../src/runs/load-model.js';
import { figureOf } from '../../src/tasks/figure.js';
import { parseVocabulary } from '../../src/text/parse-vocabulary.js';
import type { Vocabulary } from '../../src/text/vocabulary.js';
import { tinyExamples } from '../training/tiny-data.js';
import { tinyTask } from '../training/tiny-task.js';
import {
  config,
  dataDir,
  expectSameTraining,
  prepareTrainings,
  resumed,
  trainAndInterrupt,
  trainUntil,
} from './trainings.js';

prepareTrainings();

const texts = {
  'runs with ids of their own': { ngrams: 2, vocabularySize: 120, oovBuckets: 2 },
  'runs by a hash': { ngrams: 3, ngramBuckets: 50, vocabularySize: 14, oovBuckets: 1 },
  'words alone': { ngrams: 1, vocabularySize: 14, oovBuckets: 1 },
};

/** Everything that draws at random or goes over a batch twice is on. */
function wideConfig(text: object, training: object = {}) {
  const { text: own, training: settings, ...rest } = config();
  const model = {
    ...{ embedding: { units: 5, wordDropout: 0.1 }, layers: [{ cell: 'gru', units: 4 }] },
    ...{ pooling: 'attention', dropout: 0.2, pieceLength: 4, wide: { dropout: 0.3 } },
  };
  return fillConfig(
    { ...rest, model, text: { ...own, ...text }, training: { ...settings, ...training } },
    'test',
  );
}

describe.each(Object.entries(texts))('a training of a wide and deep model, %s', (what, text) => {
  const name = what.replaceAll(' ', '-');

  it('repeats, resumed or not, bit for bit', async () => {
    const settings = wideConfig(text, { adversarial: { epsilon: 0.1, weight: 0.5 }, l2: 0.001 });
    const whole = await trainUntil({ config: settings, name });
    const { run } = await trainAndInterrupt({ config: settings, name: `${name}-cut` }, { epoch: 2, step: 7 });
    await resumed(run);
    await expectSameTraining(run, whole.run);
  });

  it('leaves a run that answers texts as its model does', async () => {
    const settings = wideConfig(text, { epochs: 12, rDrop: { weight: 0.1 } });
    const { run } = await trainUntil({ config: settings, name: `${name}-used` });
    const asked = [
      ...tinyExamples(40, { seed: 2 }),
      { text: '', target: 0 },
      { text: 'dog bad dog', target: 0 },
    ];
    const [model, vocabulary] = [await run.readModel(), await run.readVocabulary()];
    const expected = await predictProbabilities(
      model,
      encodeTexts(
        asked.map((example) => example.text),
        vocabulary,
      ),
      { batchSize: 3 },
    );
    model.dispose();
    const predictor = await Predictor.open(run);
    const answers = await predictor.predict(asked.map((example) => example.text));
    predictor.dispose();
    expect(answers.map(({ probabilities }) => probabilities!.positive)).toEqual([...expected]);
    const right = asked.slice(0, 40).filter(({ target }, i) => (expected[i] > 0.5 ? 1 : 0) === target);
    expect(right.length).toBeGreaterThan(37);
  });
});

it('learns from the sample with the packaged config', async () => {
  const { config: settings } = await loadConfig('test/jobs/wide.yaml', [
    ...['dataset.name=sample', 'training.epochs=3', 'model.embedding.units=16', 'model.layers[0].units=16'],
  ]);
  const { run, events } = await trainUntil({ config: settings, name: 'wide-sample' });
  expect(events.at(-1)).toMatchObject({ type: 'finished', status: 'completed' });
  const evaluation = await evaluateRun(run, {
    ...{ split: 'test', dataDir, cacheDir: join(dataDir, 'cache'), batchSize: 64 },
  });
  // Two labels, as often each: more than three standard deviations above what guessing gives.
  expect(figureOf(evaluation, 'accuracy')).toBeGreaterThan(0.6);
});

it('refuses a vocabulary in which other ids stand for runs', async () => {
  const { run } = await trainUntil({
    config: wideConfig(texts['runs with ids of their own']),
    name: 'other-vocabulary',
  });
  const own = await run.readVocabulary();
  const lines = own.serialize().split('\n');
  const firstRun = lines.findIndex((line) => line.includes(' '));
  expect(firstRun).toBeGreaterThan(1);
  // As many ids, but one of them a word instead of a run.
  const changed = lines.with(firstRun, 'another').join('\n');
  const load = (vocabulary: Vocabulary) =>
    loadModel(run.path, { vocabulary, task: tinyTask(), prove: async () => {} });
  (await load(own)).dispose();
  await expect(load(parseVocabulary(changed, { text: own.text }))).rejects.toThrow(
    `to the model the ids from ${firstRun} up to ${lines.length - 1} stand for runs of tokens`,
  );
});
