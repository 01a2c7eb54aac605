import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { encodeTexts } from '../../src/batches/encode-texts.js';
import { fillConfig } from '../../src/config/fill-config.js';
import type { Config } from '../../src/config/schema.js';
import type { ContinueFrom } from '../../src/jobs/continuation.js';
import { continueConfig } from '../../src/jobs/continue-config.js';
import { type TrainRunEvent, type TrainRunOptions, trainRun } from '../../src/jobs/train-run.js';
import { predictProbabilities } from '../../src/model/predict-probabilities.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import type { Vocabulary } from '../../src/text/vocabulary.js';

/** Texts that a former run learns, and those that come later: other words, and a label of their own. */
export const oldRows = rowsOf(['good', 'positive'], ['bad', 'negative']);
export const newRows = rowsOf(['parcel', 'support'], ['good', 'positive']);
/** The same labels as before, some new words. */
export const sameRows = rowsOf(['splendid', 'positive'], ['dreary', 'negative']);

/** 40 rows of each word with its label. */
function rowsOf(...words: readonly (readonly [word: string, label: string])[]): string {
  const fillers = ['the film', 'a story', 'their dog was', 'of people and'];
  const rows = Array.from({ length: 40 }, (_, row) =>
    words.map(([word, label]) => `${fillers[row % 4]} ${word} ${fillers[(row >> 2) % 4]} ${row},${label}\n`),
  );
  return `text,label\n${rows.flat().join('')}`;
}

export const models = {
  recurrent: { embedding: { units: 5 }, layers: [{ cell: 'gru', units: 4 }] },
  ngrams: {
    embedding: { units: 5, ngrams: 3, ngramVectors: 40 },
    layers: [{ cell: 'gru', units: 4 }],
  },
  conv1d: { type: 'conv1d', embedding: { units: 5 }, filters: 6, kernelSize: 2 },
  averagedEmbedding: { type: 'averagedEmbedding', embedding: { units: 5 } },
  wide: {
    embedding: { units: 5, ngrams: 2, ngramVectors: 40 },
    layers: [{ cell: 'gru', units: 4 }],
    wide: {},
  },
} as const;

/** A small config for rows of a file. */
export function fileConfig(
  path: string,
  { type = 'recurrent', text = {}, training = {} }: FileConfig = {},
): Config {
  const isAveraged = type === 'averagedEmbedding';
  const hasRuns = isAveraged || type === 'wide';
  return fillConfig(
    {
      dataset: { name: 'files', train: path },
      text: { oovBuckets: 3, ...(hasRuns && { ngrams: 2, ngramBuckets: 20 }), ...text },
      model: models[type],
      training: {
        ...{ epochs: 2, batchSize: 8 },
        optimizer: isAveraged ? { name: 'fastText', learningRate: 0.5 } : { learningRate: 0.02 },
        ...training,
      },
    },
    'test',
  );
}

interface FileConfig {
  readonly type?: keyof typeof models;
  readonly text?: object;
  readonly training?: object;
}

export interface Continued {
  readonly run: RunFolder;
  readonly events: readonly TrainRunEvent[];
}

/** Trains until `stop` says so, which ends the training as a kill would, or else to its end. */
export async function trainUntil(
  options: Omit<TrainRunOptions, 'configName'>,
  stop: (event: TrainRunEvent) => boolean = () => false,
): Promise<Continued> {
  const events: TrainRunEvent[] = [];
  for await (const event of trainRun({ configName: 'test', ...options })) {
    events.push(event);
    if (stop(event)) break;
  }
  return { run: events.find((event) => event.type === 'prepared')!.run, events };
}

/** What a training that goes on from a run with a file is told. */
export async function continued(
  from: ContinueFrom,
  path: string,
  overrides: readonly string[] = [],
): Promise<{ config: Config; from: ContinueFrom }> {
  const { config } = await continueConfig(from.run, { files: { train: path }, overrides });
  return { config, from };
}

/** What a model says of texts, row-major. */
export function answers(
  model: LayersModel,
  vocabulary: Vocabulary,
  texts: readonly string[],
): Promise<Float32Array> {
  return predictProbabilities(model, encodeTexts(texts, vocabulary), { batchSize: 8 });
}

/** The content of all files of a folder, by name. */
export async function filesOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashes = paths.sort().map(async (path) => {
    return [
      path,
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ];
  });
  return Object.fromEntries(await Promise.all(hashes));
}
