import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { io } from '@tensorflow/tfjs-core';
import { markOf, markOfFile } from './checksum.js';
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
  let bytes = content.byteLength;
  for (const name of [...groups.flatMap(({ paths }) => paths), ...otherFiles]) {
    const mark = await markOfFile(join(folder, name)).catch((error) =>
      refuseMissing(join(folder, name), error),
    );
    hash.update(`${name} ${mark.sha256}`);
    bytes += mark.bytes;
  }
  const shapes = groups.flatMap(({ weights }) => weights.map(({ shape }) => shape));
  const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);
  const numbers = shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
  return { sha256: hash.digest('hex'), bytes, numbers };
}
