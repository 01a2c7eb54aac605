import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { io, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import { UserError } from '../errors/user-error.js';
import { writeAtomically } from '../files/write-atomically.js';
import { type FileMark, markOf } from './checksum.js';
import { parseJsonFile, readVerified } from './read-verified.js';

/** A tensor and what it is called, as TF.js' `optimizer.getWeights()` gives them. */
export interface NamedTensor {
  readonly name: string;
  readonly tensor: Tensor;
}

/** All that a training needs to go on as if it had never stopped. */
export interface Checkpoint {
  /** The model's weights as they are now (those of the best epoch are in weights.bin). */
  readonly weights: readonly NamedTensor[];
  /** What the optimizer remembers, such as Adam's moments. */
  readonly slots: readonly NamedTensor[];
  /** Anything that JSON can hold exactly: step, epoch, states of random generators, the best loss so far. */
  readonly state: unknown;
}

interface CheckpointJson {
  readonly state: unknown;
  readonly weights: io.WeightsManifestEntry[];
  readonly slots: io.WeightsManifestEntry[];
  readonly file: FileMark & { readonly name: string };
}

const indexFile = 'checkpoint.json';

/**
 * Writes a checkpoint: the numbers first, under a name that their content gives, then `checkpoint.json`, which names
 * them and so makes them count. A kill before that leaves the former checkpoint whole. The tensors are not disposed.
 *
 * @throws Error when `state` would not come back from JSON as it is
 */
export async function writeCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  const { state } = checkpoint;
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(state)), state)) {
    throw new Error('the state of a checkpoint must be plain JSON: it would come back changed');
  }
  const weights = await encode(checkpoint.weights);
  const slots = await encode(checkpoint.slots);
  const numbers = Buffer.concat([weights.bytes, slots.bytes]);
  const mark = markOf(numbers);
  const name = `tensors-${mark.sha256.slice(0, 16)}.bin`;
  const index: CheckpointJson = {
    state,
    weights: weights.specs,
    slots: slots.specs,
    file: { name, ...mark },
  };
  await writeAtomically(join(folder, name), numbers);
  await writeAtomically(join(folder, indexFile), `${JSON.stringify(index)}\n`);
  const former = (await readdir(folder)).filter((file) => file.startsWith('tensors-') && file !== name);
  await Promise.all(former.map((file) => rm(join(folder, file), { force: true })));
}

/**
 * Reads the last checkpoint, every number as it was, bit for bit; `undefined` when there is none.
 * The tensors are new ones on the current backend; the caller disposes them.
 *
 * @throws UserError when a file is missing or damaged
 */
export async function readCheckpoint(folder: string): Promise<Checkpoint | undefined> {
  const files = await readdir(folder).catch((): string[] => []);
  if (!files.includes(indexFile)) return undefined;
  const path = join(folder, indexFile);
  const index = parseJsonFile(await readVerified(path, undefined), path) as CheckpointJson;
  if (!index.file || !Array.isArray(index.weights) || !Array.isArray(index.slots)) {
    throw new UserError(`${path} is not a checkpoint of this version.`, 'Train again without resuming.');
  }
  const content = await readVerified(join(folder, index.file.name), index.file);
  const numbers = new Uint8Array(content).buffer;
  const tensors = io.decodeWeights(numbers, [
    ...index.weights.map((spec, position) => ({ ...spec, name: `${position}` })),
    ...index.slots.map((spec, position) => ({ ...spec, name: `${position + index.weights.length}` })),
  ]);
  return {
    weights: index.weights.map((spec, position) => named(tensors, spec.name, position)),
    slots: index.slots.map((spec, position) => named(tensors, spec.name, position + index.weights.length)),
    state: index.state,
  };
}

/** Tensors are told apart by position: nothing says that their names differ. */
function named(tensors: NamedTensorMap, name: string, position: number): NamedTensor {
  return { name, tensor: tensors[position] };
}

async function encode(tensors: readonly NamedTensor[]) {
  const { data, specs } = await io.encodeWeights([...tensors]);
  return { bytes: new Uint8Array(data), specs };
}
