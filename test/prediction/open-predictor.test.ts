import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openPredictor } from '../../src/prediction/open-predictor.js';
import type { Predictor } from '../../src/prediction/predictor.js';
import { createRun } from '../../src/runs/create-run.js';
import { temporaryFolder, tinyConfig, tinyModel, tinyRun, tinyVocabulary, useCpu } from '../runs/tiny-run.js';

let models: string;
let opened: Predictor | undefined;
beforeAll(async () => {
  await useCpu();
  models = await temporaryFolder();
  await tinyRun(models);
});
afterEach(() => opened?.dispose());
afterAll(() => rm(models, { recursive: true }));

const tiny = async (options = {}) => {
  opened = await openPredictor(join(models, 'tiny'), options);
  return opened;
};

describe('openPredictor', () => {
  it('answers a text, and a list of texts in its order, with the same answers', async () => {
    const predictor = await tiny();
    expect(predictor.labels).toEqual(['negative', 'positive']);
    expect(predictor.columns).toEqual(['text']);
    const texts = ['the good film', 'bad', 'a great film'];
    const answers = await predictor.predict(texts);
    expect(answers.map(({ text }) => text)).toEqual(texts);
    for (const [index, text] of texts.entries()) {
      expect(await predictor.predict(text)).toEqual(answers[index]);
      const { label, labels, probability, probabilities } = answers[index];
      expect(labels).toEqual([label]);
      expect(probability).toBe(Math.max(...Object.values(probabilities)));
      expect(probabilities[label!]).toBe(probability);
    }
    expect(await predictor.predict([])).toEqual([]);
  });

  it('answers more texts than one step takes, each as if it were alone', async () => {
    const predictor = await tiny();
    const words = ['good', 'bad', 'film', 'boring', 'great', 'not'];
    const texts = Array.from({ length: 5000 }, (_, index) => words[index % 5]);
    texts[4999] = 'not';
    const answers = await predictor.predict(texts);
    const alone = new Map(
      await Promise.all(words.map(async (word) => [word, await predictor.predict(word)] as const)),
    );
    expect(
      answers.every((answer, index) => answer.probability === alone.get(texts[index])!.probability),
    ).toBe(true);
    const broken = [...texts.slice(0, 4500), {}, 'good'];
    await expect(predictor.predict(broken)).rejects.toThrow('Text 4501 lacks the column "text"');
  });

  it('withholds labels below a probability and lists the most probable, as it was opened or asked', async () => {
    const predictor = await tiny({ top: 1, minProbability: 1 });
    const withheld = await predictor.predict('good');
    expect(withheld).toMatchObject({ label: null, labels: [], unknown: false });
    expect(withheld.top).toEqual([{ label: withheld.summary, probability: withheld.probability }]);
    const given = await predictor.predict('good', { minProbability: 0, top: 2 });
    expect(given.label).toBe(withheld.summary);
    expect(given.top!.map(({ probability }) => probability)).toEqual([
      given.probability,
      1 - given.probability,
    ]);
  });

  it('answers from a threshold that is given, and refuses one where there is none', async () => {
    const { probabilities } = await (await tiny()).predict('good');
    const { positive } = probabilities;
    const above = await (await tiny({ threshold: positive })).predict('good');
    expect(above.label).toBe('positive');
    const below = await (await tiny({ threshold: Math.min(1, positive + 0.001) })).predict('good');
    expect(below.label).toBe('negative');
    const run = await createRun(models, {
      ...{ name: 'three', config: tinyConfig(), vocabulary: tinyVocabulary, labels: ['a', 'b', 'c'] },
    });
    const model = tinyModel({ columns: 3 });
    await run.writeModel(model);
    model.dispose();
    await expect(openPredictor(run, { threshold: 0.5 })).rejects.toMatchObject({ name: 'UserError' });
  });

  it('says how much of a text was read', async () => {
    const predictor = await tiny();
    const { maxLength } = tinyConfig().text;
    expect((await predictor.predict('good film')).shareRead).toBe(1);
    expect((await predictor.predict('a'.repeat(4 * maxLength))).shareRead).toBe(0.25);
    expect((await predictor.predict('')).shareRead).toBe(1);
    expect(predictor.extent).toMatchObject({ texts: 3, cut: 1, cutRead: maxLength });
  });

  it('computes on the backend that is current, and leaves nothing behind', async () => {
    const before = tf.memory().numTensors;
    const predictor = await openPredictor('tiny', { modelsDir: models });
    expect(predictor.backend).toBeUndefined();
    expect(tf.getBackend()).toBe('cpu');
    const answers = await Promise.all(['good', 'bad', 'good'].map((text) => predictor.predict(text)));
    expect(answers[0]).toEqual(answers[2]);
    predictor.dispose();
    predictor.dispose();
    expect(tf.memory().numTensors).toBe(before);
    await expect(predictor.predict('good')).rejects.toThrow('The predictor is disposed.');
  });

  it('starts a backend where none was chosen', async () => {
    const library = pathToFileURL(join(import.meta.dirname, '../../dist/index.js'));
    const program = `
      import { openPredictor } from ${JSON.stringify(library.href)};
      const predictor = await openPredictor('gru-small', { threshold: 0.5 });
      const { label, probability } = await predictor.predict('A wonderful film, and the actors are great.');
      console.log(JSON.stringify({ label, isSure: probability > 0.5, backend: predictor.backend.name }));
      predictor.dispose();`;
    const args = ['--input-type=module', '--eval', program];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
    expect(JSON.parse(stdout)).toMatchObject({ label: 'positive', isSure: true });
    expect(JSON.parse(stdout).backend).toMatch(/^(wasm|cuda)$/);
    expect(stderr).toBe('');
  });

  it('names the runs that there are where one is not', async () => {
    await expect(openPredictor('tinny', { modelsDir: models })).rejects.toMatchObject({
      name: 'UserError',
      hint: 'Did you mean tiny?',
    });
  });
});
