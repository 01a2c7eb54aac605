import { createHash, type Hash } from 'node:crypto';
import { join } from 'node:path';
import type { io } from '@tensorflow/tfjs-core';
import { markOf, markOfFile } from './checksum.js';
import { decisionFile, hasDecision } from './decision-file.js';
import { ensembleFile } from './ensemble-file.js';
import { parseJsonFile, readVerified, refuseMissing } from './read-verified.js';

/** What can be said of a run's model without loading it. */
export interface ModelFacts {
  /** SHA-256 (hex) of all files that its answers depend on: another one means another model. */
  readonly sha256: string;
  /** Size on disk of these files: what has to be copied to predict elsewhere. */
  readonly bytes: number;
  /** Numbers in its weights, the fixed ones included. */
  readonly numbers: number;
}

/**
 * Looks at the files of a run that predicting needs: model.json, its weights, and the others that are named.
 *
 * @throws UserError when one is missing, or model.json is damaged
 */
export async function modelFacts(folder: string, otherFiles: readonly string[]): Promise<ModelFacts> {
  const path = join(folder, 'model.json');
  let content = await readVerified(path, undefined);
  for (;;) {
    try {
      return await factsOf(content, { folder, otherFiles });
    } catch (error) {
      // A training that is still running may have replaced the weights between the two reads: then model.json is new too.
      const again = await readVerified(path, undefined);
      if (again.equals(content)) throw error;
      content = again;
    }
  }
}

async function factsOf(
  content: Buffer,
  { folder, otherFiles }: { folder: string; otherFiles: readonly string[] },
): Promise<ModelFacts> {
  const path = join(folder, 'model.json');
  const { weightsManifest } = parseJsonFile(content, path) as Partial<io.ModelJSON>;
  const groups = Array.isArray(weightsManifest) ? weightsManifest : [];
  const hash = createHash('sha256').update(markOf(content).sha256);
  const names = [...groups.flatMap(({ paths }) => paths), ...otherFiles, ...ownDecision(folder)];
  const bytes = content.byteLength + (await addFiles(hash, folder, names));
  const shapes = groups.flatMap(({ weights }) => weights.map(({ shape }) => shape));
  const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);
  const numbers = shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
  return { sha256: hash.digest('hex'), bytes, numbers };
}

/**
 * The same of an ensemble, whose answers depend on those of its members and on some files of its own.
 *
 * @throws UserError when a file is missing
 */
export async function ensembleFacts(folder: string, members: readonly ModelFacts[]): Promise<ModelFacts> {
  const hash = createHash('sha256').update('ensemble');
  for (const { sha256 } of members) hash.update(sha256);
  const files = ['config.yaml', 'labels.txt', ensembleFile, ...ownDecision(folder)];
  const ofFiles = await addFiles(hash, folder, files);
  return {
    sha256: hash.digest('hex'),
    bytes: members.reduce((sum, { bytes }) => sum + bytes, ofFiles),
    numbers: members.reduce((sum, { numbers }) => sum + numbers, 0),
  };
}

/** Adds names and contents of files to a hash. @returns their size */
async function addFiles(hash: Hash, folder: string, names: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const name of names) {
    const path = join(folder, name);
    const mark = await markOfFile(path).catch((error) => refuseMissing(path, error));
    hash.update(`${name} ${mark.sha256}`);
    bytes += mark.bytes;
  }
  return bytes;
}

/** What was chosen after the training has a say in the answers, too. */
function ownDecision(folder: string): string[] {
  return hasDecision(folder) ? [decisionFile] : [];
}
