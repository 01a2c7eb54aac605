import { totalmem } from 'node:os';
import { getBackend } from '@tensorflow/tfjs-core';
import type { ModelConfig, TrainedModelConfig } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import { formatBytes } from '../formats/bytes.js';
import { formatCount } from '../formats/numbers.js';
import type { Task } from '../tasks/task.js';
import { type IdRange, wordIdCount } from '../text/run-ids.js';
import { refuseEnsemble } from './refuse-ensemble.js';

/** What 32-bit addresses reach. */
const wasmBytes = 2 ** 32;
const bytesPerNumber = 4;
const gates = { gru: 3, lstm: 4, simpleRnn: 1 } as const;

/**
 * Refuses a model whose weights (with their gradients, if it is `trained`; what optimizers remember comes on top) are more
 * than the memory that there is, before anything is made of it.
 *
 * @param options `idCount`: rows of the embedding, save those of `runIds` where there is a wide part, which has all of them for
 *   each column of the `task` (default: one); `trained`: whether there are gradients, dense but for the embedding's; default
 *   false; `memoryBytes`: default: what this process may have, with the `wasm` backend at most 4 GiB
 * @throws UserError with the largest part of it and what to lower, and for an ensemble, which has no weights of its own
 */
export function checkSize(
  config: ModelConfig,
  options: {
    readonly idCount: number;
    readonly runIds?: IdRange;
    readonly task?: Pick<Task, 'columns'>;
    readonly trained?: boolean;
    readonly memoryBytes?: number;
  },
): void {
  refuseEnsemble(config);
  const { idCount, task, trained = false, memoryBytes = memoryOf() } = options;
  const wide = config.type === 'recurrent' ? config.wide : 'none';
  const rows = wide !== 'none' && options.runIds ? wordIdCount(idCount, options.runIds) : idCount;
  const ofWide = wide === 'none' ? 0 : idCount * (task?.columns ?? 1);
  const values = wide !== 'none' && wide.weighting === 'naiveBayes' ? ofWide : 0;
  const fixed = values + runsOf(config, rows);
  const parts = partsOf(config, { idCount, rows, wide: ofWide + values });
  const parameters = parts.reduce((sum, { count }) => sum + count, 0);
  const gradients = trained ? parameters - rows * unitsOf(config) - fixed : 0;
  const bytes = (parameters + gradients) * bytesPerNumber;
  if (bytes <= memoryBytes) return;
  const { key, count, lower } = parts.reduce((most, part) => (part.count > most.count ? part : most));
  throw new UserError(
    `The model has ${formatCount(parameters)} parameters, ${formatBytes(bytes)} of weights${trained ? ' and their gradients' : ''}; ` +
      `there are ${formatBytes(memoryBytes)} of memory for it. Most of them, ${formatCount(count)}, are in ${key}.`,
    `Lower ${lower}.`,
  );
}

const unitsOf = (config: TrainedModelConfig) => (config.type === 'bagOfWords' ? 0 : config.embedding.units);

/** Numbers that are never trained: which runs have vectors, and as what they know each id; see `NgramEmbedding`. */
function runsOf(config: TrainedModelConfig, rows: number): number {
  if (config.type !== 'recurrent' && config.type !== 'conv1d') return 0;
  const { ngrams, ngramVectors } = config.embedding;
  return ngrams > 1 ? rows + 2 * ngramVectors : 0;
}

/** Parameters by their key in a config, but those of the last layers, which are few. */
function partsOf(
  config: TrainedModelConfig,
  { idCount, rows, wide }: { idCount: number; rows: number; wide: number },
): { key: string; count: number; lower: string }[] {
  const ids = 'text.vocabularySize, text.oovBuckets or text.ngramBuckets';
  if (config.type === 'bagOfWords') return [{ key: 'the words', count: idCount, lower: ids }];
  const parts = [
    {
      key: 'model.embedding',
      count: rows * config.embedding.units,
      lower: `model.embedding.units, ${ids}`,
    },
  ];
  const untrained = runsOf(config, rows);
  if (untrained > 0 && config.type !== 'averagedEmbedding') {
    const { ngramVectors, units } = config.embedding;
    const lower = 'model.embedding.ngramVectors or model.embedding.units';
    const count = (ngramVectors + 1) * units + untrained;
    parts.push({ key: 'model.embedding.ngramVectors', count, lower });
  }
  let features = config.embedding.units;
  if (config.type === 'conv1d') {
    const count = config.filters * (config.kernelSize * features + 1);
    parts.push({ key: 'the filters', count, lower: 'model.filters or model.kernelSize' });
  }
  if (config.type !== 'recurrent') return parts;
  if (wide > 0) parts.push({ key: 'model.wide', count: wide, lower: ids });
  for (const [index, { cell, units, bidirectional }] of config.layers.entries()) {
    const count = gates[cell] * units * (features + units + 1) * (bidirectional ? 2 : 1);
    const key = `model.layers[${index}]`;
    parts.push({ key, count, lower: `${key}.units` });
    features = bidirectional === 'concat' ? 2 * units : units;
  }
  return parts;
}

/** The machine's memory, or less where a container limits it. */
function memoryOf(): number {
  const limit = process.constrainedMemory?.() || Number.POSITIVE_INFINITY;
  const machine = Math.min(totalmem(), limit);
  return getBackend() === 'wasm' ? Math.min(machine, wasmBytes) : machine;
}
