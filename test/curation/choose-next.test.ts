import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChooseNextOptions, chooseNext } from '../../src/curation/choose-next.js';
import { nextStrategies } from '../../src/curation/next-strategy.js';
import { Predictor } from '../../src/prediction/predictor.js';
import type { Row } from '../../src/rows/row.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { temporaryFolder, tinyRun, useCpu } from '../runs/tiny-run.js';

let folder: string;
let run: RunFolder;
beforeAll(async () => {
  await useCpu();
  folder = await temporaryFolder();
  run = await tinyRun(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const words = ['the', 'a', 'film', 'good', 'bad', 'boring', 'great', 'not'];
const textOf = (number: number) => {
  const digits = number.toString(words.length).split('');
  return digits.map((digit) => words[Number(digit)]).join(' ');
};
const texts = Array.from({ length: 30 }, (_, i) => textOf(7 + 13 * i));

const defaults: ChooseNextOptions = {
  ...{ strategy: 'margin', count: 5, textColumns: ['text'], labelColumn: 'label' },
  ...{ seed: 1, candidates: 20, batchSize: 4 },
};

async function* portionsOf(values: readonly Record<string, unknown>[], size = 7): AsyncGenerator<Row[]> {
  const rows = values.map((each, index) => ({ file: 'a.csv', line: index + 2, values: each }));
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}

async function chosenTexts(from: readonly string[], options: Partial<ChooseNextOptions>): Promise<string[]> {
  const rows = from.map((text) => ({ text }));
  const found = await chooseNext(run, portionsOf(rows), { ...defaults, ...options });
  return found!.chosen.map(({ row }) => row.values.text as string);
}

describe('chooseNext', () => {
  it('takes the texts of which the model is least sure, as sorting all of them would', async () => {
    const predictor = await Predictor.open(run);
    const predictions = await predictor.predict(texts);
    predictor.dispose();
    const order = texts
      .map((text, place) => ({ text, place, probability: predictions[place].probability }))
      .sort((one, other) => one.probability - other.probability || one.place - other.place);
    for (const strategy of ['margin', 'leastConfidence'] as const) {
      expect(await chosenTexts(texts, { strategy, count: 8 })).toEqual(
        order.slice(0, 8).map(({ text }) => text),
      );
    }
    const found = await chooseNext(run, portionsOf(texts.map((text) => ({ text }))), {
      ...defaults,
      count: 1,
    });
    expect(found!.chosen[0]).toMatchObject({
      summary: predictions[order[0].place].summary,
      probability: order[0].probability,
    });
  });

  it('chooses no text twice, and as many as asked for or all', async () => {
    const draws = fc.array(fc.nat(texts.length - 1), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        draws,
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(...nextStrategies),
        async (drawn, count, strategy) => {
          const from = drawn.map((place) => texts[place]);
          const chosen = await chosenTexts(from, { strategy, count });
          expect(new Set(chosen).size).toBe(chosen.length);
          expect(chosen.length).toBe(Math.min(count, new Set(from).size));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('chooses alike however the rows come, and another core-set for another seed', async () => {
    const reversed = [...texts].reverse();
    for (const strategy of ['coreSet', 'mixed'] as const) {
      const chosen = await chosenTexts(texts, { strategy, candidates: 10 });
      expect(await chosenTexts(reversed, { strategy, candidates: 10 })).toEqual(chosen);
    }
    const first = await chosenTexts(texts, { strategy: 'coreSet', candidates: 10 });
    expect(await chosenTexts(texts, { strategy: 'coreSet', candidates: 10, seed: 2 })).not.toEqual(first);
  });

  it('passes over rows with a label or without a text, and counts them', async () => {
    const rows = [
      { text: 'good film', label: '' },
      { text: 'bad film', label: 'negative' },
      { text: '  ' },
      { text: null, label: null },
      { text: 'bad', label: null },
    ];
    const found = await chooseNext(run, portionsOf(rows), defaults);
    expect(found).toMatchObject({ rows: 5, labelled: 1, empty: 2 });
    expect(found!.chosen.map(({ row }) => row.line).sort()).toEqual([2, 6]);
  });

  it('finds nothing in rows without a text, and nothing at all once it is stopped', async () => {
    const found = await chooseNext(run, portionsOf([{ text: '' }]), { ...defaults, strategy: 'mixed' });
    expect(found).toEqual({ chosen: [], rows: 1, labelled: 0, empty: 1 });
    const rows = texts.map((text) => ({ text }));
    expect(
      await chooseNext(run, portionsOf(rows), { ...defaults, signal: AbortSignal.abort() }),
    ).toBeUndefined();
  });
});
