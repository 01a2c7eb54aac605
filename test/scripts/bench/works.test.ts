import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { countParameters } from '../../../scripts/bench/arithmetic.mjs';
// @ts-expect-error: plain JavaScript without declarations
import { measuredModel } from '../../../scripts/bench/measured-model.mjs';
// @ts-expect-error: plain JavaScript without declarations
import { works } from '../../../scripts/bench/works.mjs';
import { fillConfig, loadConfig } from '../../../src/config/load-config.js';

const table = works as Record<string, { configs: (string | object)[]; steps: number; warmup: number }>;
const filled = async (config: string | object) => {
  return typeof config === 'string' ? (await loadConfig(config)).config : fillConfig(config, 'works.mjs');
};

describe('the models that can be measured', () => {
  it.each(Object.keys(table))('%s: every config of it is right, and of the same model', async (name) => {
    const configs = await Promise.all(table[name].configs.map(filled));
    const models = configs.map((config) => measuredModel(config, 1_000));
    expect(new Set(models.map((model) => JSON.stringify(model))).size).toBe(1);
    for (const { text } of configs) expect(text).toMatchObject({ maxLength: configs[0].text.maxLength });
  });

  it('cut examples alike but for whole reviews and the IMDB example of Keras', async () => {
    const names = ['gru2', 'simple-rnn', 'lstm', 'bigru'];
    const configs = await Promise.all(names.map((name) => filled(table[name].configs[0])));
    for (const { text, dataset } of configs) {
      expect({ text, dataset }).toEqual({ text: configs[0].text, dataset: configs[0].dataset });
    }
  });

  it("have as many parameters as Keras' example says, with its rows of the embedding", async () => {
    const [keras, raw] = await Promise.all(table.bilstm.configs.map(filled));
    expect(keras.dataset).toMatchObject({ name: 'keras-imdb', numWords: 20_000 });
    expect(raw.text.vocabularySize + raw.text.oovBuckets).toBe(20_000);
    expect(countParameters(measuredModel(keras, 20_000))).toBe(2_757_761);
  });
});
