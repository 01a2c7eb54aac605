import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { UserError } from '../errors/user-error.js';
import { writeAtomically } from '../files/write-atomically.js';
import { type FileMark, markOf } from './checksum.js';
import { isEnsembleFolder, memberFolder, readEnsemble } from './ensemble-file.js';
import { parseJsonFile, readVerified } from './read-verified.js';

export const modelFile = 'model.json';
const weightsFile = 'weights.bin';

/**
 * Writes a model in the TF.js layers format: `model.json` and `weights.bin`.
 *
 * Two files cannot be renamed as one, and weights of one epoch beside a model.json of another must never be taken for a
 * model. So the weights are first written under a name of their own, and model.json is replaced to point to it; only
 * then is `weights.bin`, which nothing points to now, replaced, and model.json pointed back. At every moment model.json
 * names a whole file of its own epoch, for any reader of the format; a kill leaves at most a spare file, which the next
 * writing removes.
 */
export async function writeModelFiles(folder: string, model: LayersModel): Promise<void> {
  const artifacts = await artifactsOf(model);
  const weights = new Uint8Array(io.CompositeArrayBuffer.join(artifacts.weightData));
  const mark = markOf(weights);
  const modelPath = join(folder, modelFile);
  const spareFile = `weights-${mark.sha256.slice(0, 16)}.bin`;
  await writeAtomically(join(folder, spareFile), weights);
  await writeAtomically(modelPath, modelJson(artifacts, spareFile, mark));
  await writeAtomically(join(folder, weightsFile), weights);
  await writeAtomically(modelPath, modelJson(artifacts, weightsFile, mark));
  await removeSpares(folder);
}

/** A model's files, and model.json as it is written. */
export interface ModelContent {
  readonly artifacts: io.ModelArtifacts;
  readonly json: Buffer;
}

/**
 * Reads a model's files and checks that they are whole.
 *
 * @throws UserError when one is missing, damaged, or of another epoch than the other
 */
export async function readModelFiles(folder: string): Promise<ModelContent> {
  const path = join(folder, modelFile);
  let json = await readVerified(path, undefined);
  for (;;) {
    try {
      return { artifacts: await artifactsFrom(json.toString(), folder), json };
    } catch (error) {
      // A training that is still running may have replaced the weights between the two reads: then model.json is new too.
      const again = await readVerified(path, undefined);
      if (again.equals(json)) throw error;
      json = again;
    }
  }
}

/**
 * Whether a folder holds a model: `none`, `damaged` (weights missing or of another size), or `whole`. An ensemble's is as whole
 * as those of all its members.
 */
export async function modelState(folder: string): Promise<'none' | 'damaged' | 'whole'> {
  if (isEnsembleFolder(folder)) return stateOfMembers(folder);
  const path = join(folder, modelFile);
  if (!(await stat(path).catch(() => undefined))?.isFile()) return 'none';
  try {
    const json = parseJsonFile(await readVerified(path, undefined), path) as ModelJson;
    const sizes = await Promise.all(
      json.weightsManifest
        .flatMap((group) => group.paths)
        .map(async (name) => (await stat(join(folder, name))).size),
    );
    const expected = markFrom(json)?.bytes;
    const total = sizes.reduce((sum, size) => sum + size, 0);
    return expected === undefined || expected === total ? 'whole' : 'damaged';
  } catch {
    return 'damaged';
  }
}

async function stateOfMembers(folder: string): Promise<'damaged' | 'whole'> {
  const origins = await readEnsemble(folder).catch(() => []);
  const states = await Promise.all(origins.map((_, place) => modelState(memberFolder(folder, place))));
  return states.length > 0 && states.every((state) => state === 'whole') ? 'whole' : 'damaged';
}

type ModelJson = io.ModelJSON;

async function artifactsOf(model: LayersModel): Promise<io.ModelArtifacts & { weightData: io.WeightData }> {
  let saved: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON(artifacts) };
    }),
  );
  if (!saved?.weightData) throw new Error('the model has no weights to save');
  return saved as io.ModelArtifacts & { weightData: io.WeightData };
}

function modelJson(artifacts: io.ModelArtifacts, weightsName: string, mark: FileMark): string {
  const json: ModelJson = {
    modelTopology: artifacts.modelTopology as ModelJson['modelTopology'],
    format: artifacts.format,
    generatedBy: artifacts.generatedBy,
    convertedBy: artifacts.convertedBy ?? undefined,
    weightsManifest: [{ paths: [weightsName], weights: artifacts.weightSpecs! }],
    userDefinedMetadata: { ...artifacts.userDefinedMetadata, weightsFile: mark },
  };
  return `${JSON.stringify(json)}\n`;
}

function markFrom(json: ModelJson): FileMark | undefined {
  return (json.userDefinedMetadata as { weightsFile?: FileMark } | undefined)?.weightsFile;
}

async function artifactsFrom(text: string, folder: string): Promise<io.ModelArtifacts> {
  const path = join(folder, modelFile);
  const json = parseJsonFile(text, path) as ModelJson;
  if (!json.modelTopology || !Array.isArray(json.weightsManifest)) {
    throw new UserError(
      `${path} is not a TF.js layers model: it lacks modelTopology or weightsManifest.`,
      'A graph model or a bare topology cannot be read; save it with model.save().',
    );
  }
  return io.getModelArtifactsForJSON(json, async (manifest) => {
    const names = manifest.flatMap((group) => group.paths);
    const mark = names.length === 1 ? markFrom(json) : undefined;
    const parts = await Promise.all(names.map((name) => readVerified(join(folder, name), mark)));
    return [manifest.flatMap((group) => group.weights), parts.map((part) => new Uint8Array(part).buffer)];
  });
}

async function removeSpares(folder: string): Promise<void> {
  const spares = (await readdir(folder)).filter((name) => /^weights-[0-9a-f]{16}\.bin$/.test(name));
  await Promise.all(spares.map((name) => rm(join(folder, name), { force: true })));
}
