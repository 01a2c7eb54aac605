import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { io, type NamedTensorMap } from '@tensorflow/tfjs-core';
import { UserError } from '../errors/user-error.js';
import { writeAtomically } from '../files/write-atomically.js';
import type { FileMark } from './checksum.js';
import { encodeTensors, type NamedTensor } from './encode-tensors.js';
import { parseJsonFile, readVerified } from './read-verified.js';

export type { NamedTensor } from './encode-tensors.js';

/** All that a training needs to go on as if it had never stopped. Every other key that holds a list of tensors is kept, too. */
export interface Checkpoint {
  /** The model's weights as they are now (those of the best epoch are in weights.bin). */
  readonly weights: readonly NamedTensor[];
  /** What the optimizer remembers, such as Adam's moments. */
  readonly slots: readonly NamedTensor[];
  /** Anything that JSON can hold exactly: step, epoch, states of random generators, the best loss so far. */
  readonly state: unknown;
  /** How far metrics.jsonl was written at this moment, likewise. */
  readonly metrics?: unknown;
}

/** A checkpoint as bytes that nothing changes any more, however the training goes on. */
export interface EncodedCheckpoint {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly numbers: Uint8Array;
}

interface CheckpointJson {
  readonly state: unknown;
  readonly metrics?: unknown;
  readonly file: FileMark & { readonly name: string };
  readonly [group: string]: unknown;
}

const indexFile = 'checkpoint.json';
const formerIndexFile = 'checkpoint-before.json';
/** So much is hashed or written at a time, within some 20 ms; between two pieces the training has its turn. */
const pieceBytes = 16 << 20;

/**
 * Copies what a checkpoint holds, at once: a training may change its tensors in place with its next step. They are not
 * disposed.
 *
 * @throws Error when `state` or `metrics` would not come back from JSON as they are
 */
export function encodeCheckpoint(checkpoint: Checkpoint): EncodedCheckpoint {
  const { state, metrics, ...groups } = checkpoint;
  const facts = { state, ...(metrics !== undefined && { metrics }) };
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(facts)), facts)) {
    throw new Error('the state of a checkpoint must be plain JSON: it would come back changed');
  }
  const lists = Object.entries<readonly NamedTensor[] | undefined>(groups).flatMap(([name, tensors]) =>
    tensors ? [{ name, tensors }] : [],
  );
  const { specs, bytes } = encodeTensors(lists.flatMap(({ tensors }) => tensors));
  let first = 0;
  const specsOf = lists.map(({ name, tensors }) => {
    first += tensors.length;
    return [name, specs.slice(first - tensors.length, first)];
  });
  return { facts: { ...facts, ...Object.fromEntries(specsOf) }, numbers: bytes };
}

/**
 * Writes a checkpoint: the numbers first, under a name that their content gives, then `checkpoint.json`, which names
 * them and so makes them count. A kill before that leaves the former checkpoint whole, and that one stays beside the new one
 * in case the new one is damaged later.
 *
 * @returns milliseconds for which this held up whatever else the process does
 */
export async function writeCheckpoint(
  folder: string,
  { facts, numbers }: EncodedCheckpoint,
): Promise<number> {
  const { sha256, milliseconds } = await hashInPieces(numbers);
  const name = `tensors-${sha256.slice(0, 16)}.bin`;
  const index = { ...facts, file: { name, bytes: numbers.byteLength, sha256 } };
  await writeAtomically(join(folder, name), piecesOf(numbers));
  const former = await readIndex(join(folder, indexFile)).catch(() => undefined);
  await writeAtomically(join(folder, indexFile), `${JSON.stringify(index)}\n`);
  // Only now: the one before the former may be the last that is whole.
  if (former) await writeAtomically(join(folder, formerIndexFile), `${JSON.stringify(former)}\n`);
  // Where the last one was damaged, the one before it is still the one to fall back to.
  const spare = former ?? (await readIndex(join(folder, formerIndexFile)).catch(() => undefined));
  await removeNumbersBut(folder, [name, spare?.file.name]);
  return milliseconds;
}

/** Removes the checkpoint before the last one: a training that has ended needs no second. */
export async function removeFormerCheckpoint(folder: string): Promise<void> {
  const index = await readIndex(join(folder, indexFile)).catch(() => undefined);
  if (!index) return;
  await rm(join(folder, formerIndexFile), { force: true });
  await removeNumbersBut(folder, [index.file.name]);
}

/**
 * Reads the last whole checkpoint, every number as it was, bit for bit; `undefined` when there is none.
 * The tensors are new ones on the current backend; the caller disposes them.
 *
 * @param options.onNote is told in one line when the last one was damaged and the one before it was taken
 * @throws UserError when files are missing or damaged, and none is left that is whole
 */
export async function readCheckpoint(
  folder: string,
  { onNote = () => {} }: { onNote?: (note: string) => void } = {},
): Promise<Checkpoint | undefined> {
  const files = await readdir(folder).catch((): string[] => []);
  const indexes = [indexFile, formerIndexFile].filter((name) => files.includes(name));
  let first: UserError | undefined;
  for (const name of indexes) {
    try {
      const checkpoint = await readOne(folder, name);
      if (first) onNote(`${first.message} The checkpoint before it is whole and is taken.`);
      else if (name !== indexFile)
        onNote(`${join(folder, indexFile)} is gone: the checkpoint before it is taken.`);
      return checkpoint;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      first ??= error;
    }
  }
  if (first) throw first;
  return undefined;
}

async function readOne(folder: string, name: string): Promise<Checkpoint> {
  const { state, metrics, file, ...groups } = await readIndex(join(folder, name));
  const content = await readVerified(join(folder, file.name), file);
  const lists = Object.entries(groups).filter((entry): entry is [string, io.WeightsManifestEntry[]] =>
    Array.isArray(entry[1]),
  );
  const specs = lists.flatMap(([, list]) => list);
  // Tensors are told apart by position: nothing says that their names differ.
  const placed = specs.map((spec, place) => ({ ...spec, name: `${place}` }));
  const tensors: NamedTensorMap = io.decodeWeights(new Uint8Array(content).buffer, placed);
  let place = 0;
  const named = lists.map(([group, list]) => [
    group,
    list.map((spec) => ({ name: spec.name, tensor: tensors[place++] })),
  ]);
  return { state, ...(metrics !== undefined && { metrics }), ...Object.fromEntries(named) };
}

async function readIndex(path: string): Promise<CheckpointJson> {
  const index = parseJsonFile(await readVerified(path, undefined), path) as CheckpointJson | null;
  if (index?.file && Array.isArray(index.weights) && Array.isArray(index.slots)) return index;
  throw new UserError(`${path} is not a checkpoint of this version.`, 'Train again without resuming.');
}

async function removeNumbersBut(folder: string, kept: readonly (string | undefined)[]): Promise<void> {
  const names = (await readdir(folder)).filter(
    (name) => /^tensors-.*\.bin$/.test(name) && !kept.includes(name),
  );
  await Promise.all(names.map((name) => rm(join(folder, name), { force: true })));
}

async function hashInPieces(bytes: Uint8Array): Promise<{ sha256: string; milliseconds: number }> {
  const hash = createHash('sha256');
  let milliseconds = 0;
  for (const piece of piecesOf(bytes)) {
    const start = performance.now();
    hash.update(piece);
    milliseconds += performance.now() - start;
    await setImmediate();
  }
  return { sha256: hash.digest('hex'), milliseconds };
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += pieceBytes) {
    yield bytes.subarray(start, start + pieceBytes);
  }
}
