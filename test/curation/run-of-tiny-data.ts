import { prepareTraining } from '../../src/batches/prepare-training.js';
import { fillConfig } from '../../src/config/fill-config.js';
import type { Config } from '../../src/config/schema.js';
import type { Example } from '../../src/datasets/split.js';
import { createRun } from '../../src/runs/create-run.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { splitOf } from '../batches/split-of.js';
import { tinyExamples } from '../training/tiny-data.js';

/** Examples of which some have another label than the word in them says. */
export function examplesWithWrongLabels(count: number, wrong: readonly number[]): Example[] {
  return tinyExamples(count).map((example, place) => {
    const target = example.target as number;
    return wrong.includes(place) ? { ...example, target: 1 - target } : example;
  });
}

/** A bag of words, whose training takes milliseconds. */
export function bagOfWordsConfig(): Config {
  return fillConfig(
    {
      text: { vocabularySize: 20, oovBuckets: 0 },
      model: { type: 'bagOfWords' },
      training: { epochs: 5 },
    },
    'test',
  );
}

/** A run without a model, and its training split, as far as folds need them. */
export async function runOfTinyData(
  folder: string,
  {
    examples,
    config = bagOfWordsConfig(),
    labels = ['negative', 'positive'],
  }: { examples: readonly Example[]; config?: Config; labels?: string[] },
): Promise<{ run: RunFolder; split: ReturnType<typeof splitOf> }> {
  const split = splitOf(examples, { labels });
  const { vocabulary } = await prepareTraining(split, config.text, { cacheDir: `${folder}/cache` });
  const run = await createRun(`${folder}/models`, { config, vocabulary, labels: split.labels });
  return { run, split };
}

/** Runs a generator to its end. */
export async function finish<Event, Result>(
  events: AsyncGenerator<Event, Result>,
): Promise<{ events: Event[]; result: Result }> {
  const seen: Event[] = [];
  let next = await events.next();
  for (; !next.done; next = await events.next()) seen.push(next.value);
  return { events: seen, result: next.value };
}
