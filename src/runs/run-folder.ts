import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { fillConfig } from '../config/fill-config.js';
import { parseYaml } from '../config/parse-yaml.js';
import type { Config } from '../config/schema.js';
import { fixedVocabularyOf } from '../datasets/dataset-table.js';
import { UserError } from '../errors/user-error.js';
import { writeAtomically } from '../files/write-atomically.js';
import type { FittedForeignness, Foreignness } from '../foreignness/fit-foreignness.js';
import { parseForeignness, serializeForeignness } from '../foreignness/foreignness-file.js';
import type { Decision } from '../tasks/decision.js';
import { openTask } from '../tasks/open-task.js';
import type { Task } from '../tasks/task.js';
import { parseVocabulary } from '../text/parse-vocabulary.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint-files.js';
import { decisionFile, readDecision, removeDecision, writeDecision } from './decision-file.js';
import { memberFolders, severalModels } from './ensemble-file.js';
import {
  type FoldIdentity,
  type FoldPredictions,
  readFoldPredictions,
  writeFoldPredictions,
} from './fold-predictions-file.js';
import { renewMetrics, renewState, renewSummary } from './former-formats.js';
import { loadModel } from './load-model.js';
import { appendMetrics, type MetricsRecord, readMetrics, writeMetrics } from './metrics-file.js';
import { ensembleFacts, type ModelFacts, modelFacts } from './model-facts.js';
import { modelState, writeModelFiles } from './model-files.js';
import { readOwnLayers } from './own-layers.js';
import {
  type Predictions,
  readPredictions,
  type SplitIdentity,
  writePredictions,
} from './predictions-file.js';
import { readVerified } from './read-verified.js';
import { ownVersions, readSummary, type Summary, writeSummary } from './summary-file.js';

/** Names of a run's files that are written once, when the run is made. */
export const fixedFiles = {
  config: 'config.yaml',
  vocabulary: 'vocabulary.txt',
  labels: 'labels.txt',
} as const;

/** What tells foreign texts; only in runs that were trained with `unknown`. */
const foreignnessFile = 'foreignness.bin';

/**
 * One training's folder, `models/<run>/`, and the only way to its files. Made by `createRun`, found by `findRun`.
 * Reading checks sizes and checksums and throws UserError; every whole file is replaced atomically.
 */
export class RunFolder {
  #vocabulary: Promise<Vocabulary> | undefined;
  #config: Promise<Config> | undefined;

  constructor(readonly path: string) {}

  /** The last part of the path. */
  get name(): string {
    return basename(this.path);
  }

  /** The filled-in settings. @throws UserError on a setting that this version does not know, or a changed file */
  readConfig(): Promise<Config> {
    this.#config ??= this.#readConfig();
    return this.#config;
  }

  /** The runs whose probabilities are averaged to this run's: itself alone, unless it is an ensemble. */
  async members(): Promise<readonly { readonly run: RunFolder; readonly weight: number }[]> {
    const folders = await memberFolders(this.path, await this.readConfig());
    if (folders.length === 0) return [{ run: this, weight: 1 }];
    return folders.map(({ path, weight }) => ({ run: new RunFolder(path), weight }));
  }

  /** The tokens of the training split, with the config's OOV buckets; of an ensemble, those of its first member. */
  readVocabulary(): Promise<Vocabulary> {
    this.#vocabulary ??= this.#readVocabulary();
    return this.#vocabulary;
  }

  /** Names of the labels, by index. */
  async readLabels(): Promise<string[]> {
    const text = await this.#readFixed(fixedFiles.labels);
    return text.replace(/\r?\n$/, '').split(/\r?\n/);
  }

  /**
   * What the model was trained to do, for its labels, with the temperatures and thresholds that were chosen after the
   * training.
   *
   * @param options.threshold takes the place of the chosen thresholds
   * @throws UserError when the task has no thresholds
   */
  async readTask({ threshold }: { threshold?: number } = {}): Promise<Task> {
    const [{ task: name, training }, labels] = await Promise.all([this.readConfig(), this.readLabels()]);
    const decision = await readDecision(this.path, (await this.readSummary())?.files?.[decisionFile]);
    return openTask(name, labels, { decision, monitor: training.monitor, threshold });
  }

  /**
   * Replaces model.json and weights.bin by this model, as one step: a kill leaves the former or the new one. What was chosen
   * for the former model goes first.
   */
  async writeModel(model: LayersModel): Promise<void> {
    await removeDecision(this.path);
    await writeModelFiles(this.path, model);
  }

  /** Keeps the temperatures and thresholds that were chosen for the model. */
  async writeDecision(decision: Decision): Promise<void> {
    await writeDecision(this.path, decision);
    await this.writeSummary({});
  }

  /** The model, loaded onto the current backend; the caller disposes it. @throws UserError for an ensemble, which has several */
  async readModel(): Promise<LayersModel> {
    if ((await this.#lead()) !== this) throw severalModels(this.path);
    const [vocabulary, task] = await Promise.all([this.readVocabulary(), this.readTask()]);
    return loadModel(this.path, { vocabulary, task });
  }

  /** Hash, size and count of weights of the model, without loading it. @throws UserError when a file is missing */
  async modelFacts(): Promise<ModelFacts> {
    const members = await this.members();
    const ofMembers = () => Promise.all(members.map(({ run }) => run.modelFacts()));
    if (members.length > 1) return ensembleFacts(this.path, await ofMembers());
    const { unknown } = await this.readConfig();
    const others = unknown === 'none' ? [] : [foreignnessFile];
    return modelFacts(this.path, [...Object.values(fixedFiles), ...others]);
  }

  /** The kinds of layers in the model that stock TensorFlow.js cannot build; undefined where there is no model. */
  readOwnLayers(): Promise<string[] | undefined> {
    return readOwnLayers(this.path);
  }

  /** Writes what tells foreign texts from those of the training. */
  writeForeignness(foreignness: FittedForeignness): Promise<void> {
    return writeAtomically(join(this.path, foreignnessFile), serializeForeignness(foreignness));
  }

  /** What tells foreign texts, or `undefined` for a run that was trained without `unknown`; of an ensemble, its first member's. */
  async readForeignness(): Promise<Foreignness | undefined> {
    const lead = await this.#lead();
    if (lead !== this) return lead.readForeignness();
    if ((await this.readConfig()).unknown === 'none') return undefined;
    const path = join(this.path, foreignnessFile);
    const mark = (await this.readSummary())?.files?.[foreignnessFile];
    return parseForeignness(await readVerified(path, mark), path);
  }

  /** Keeps what the model of this hash said of a split's examples, for `readPredictions`. */
  writePredictions(
    predictions: Predictions,
    of: { modelSha256: string; split: SplitIdentity },
  ): Promise<void> {
    return writePredictions(this.path, predictions, of);
  }

  /** What was kept, if the model, the examples and the version are still the same. */
  readPredictions(of: { modelSha256: string; split: SplitIdentity }): Promise<Predictions | undefined> {
    return readPredictions(this.path, of);
  }

  /** Keeps what models that were trained without a fold of the training examples said of it, for `readFoldPredictions`. */
  writeFoldPredictions(predictions: FoldPredictions, of: FoldIdentity): Promise<void> {
    return writeFoldPredictions(this.path, predictions, of);
  }

  /** What was kept, if the examples, the settings, the number of folds and the version are still the same. */
  readFoldPredictions(of: FoldIdentity): Promise<FoldPredictions | undefined> {
    return readFoldPredictions(this.path, of);
  }

  /** Adds a line to metrics.jsonl. */
  appendMetrics(record: MetricsRecord): Promise<void> {
    return appendMetrics(join(this.path, 'metrics.jsonl'), record);
  }

  /** The lines of metrics.jsonl in the form of today; a last one that a kill has cut off is left out. */
  async readMetrics(): Promise<MetricsRecord[]> {
    return (await readMetrics(join(this.path, 'metrics.jsonl'))).map(renewMetrics);
  }

  /** Replaces all lines of metrics.jsonl. */
  writeMetrics(records: readonly MetricsRecord[]): Promise<void> {
    return writeMetrics(join(this.path, 'metrics.jsonl'), records);
  }

  /** Replaces the checkpoint; the tensors stay the caller's. */
  writeCheckpoint(checkpoint: Checkpoint): Promise<void> {
    return writeCheckpoint(join(this.path, 'checkpoint'), checkpoint);
  }

  /** The last checkpoint, its state in the form of today, or `undefined`; the caller disposes its tensors. */
  async readCheckpoint(): Promise<Checkpoint | undefined> {
    const checkpoint = await readCheckpoint(join(this.path, 'checkpoint'));
    return checkpoint && { ...checkpoint, state: renewState(checkpoint.state) };
  }

  /** Writes report.html, a page without outside links. */
  writeReport(html: string): Promise<void> {
    return writeAtomically(join(this.path, 'report.html'), html);
  }

  /** Writes README.md, the model card. */
  writeModelCard(markdown: string): Promise<void> {
    return writeAtomically(join(this.path, 'README.md'), markdown);
  }

  /**
   * Writes run.json: what it held, replaced by `facts` key by key, and the versions, the machine, and size and SHA-256
   * of every file. Call it last, when the other files are written.
   */
  async writeSummary(facts: Readonly<Record<string, unknown>>): Promise<Summary> {
    const former = await this.readSummary();
    return writeSummary(this.path, { created: new Date().toISOString(), ...former, ...facts });
  }

  /** Deletes the folder if no model was ever written into it. */
  async removeWithoutModel(): Promise<void> {
    if ((await modelState(this.path)) === 'none') await rm(this.path, { recursive: true, force: true });
  }

  /** run.json in the form of today, or `undefined` when it is not there. @throws UserError when a newer version wrote it */
  async readSummary(): Promise<Summary | undefined> {
    const summary = await readSummary(this.path);
    return summary && renewSummary(summary, this.path);
  }

  async #readConfig(): Promise<Config> {
    const path = join(this.path, fixedFiles.config);
    const text = await this.#readFixed(fixedFiles.config);
    try {
      const file = parseYaml(text, path);
      return fillConfig(file.value, (key) => ({
        text: `${path}:${file.lineOf(key) ?? 1}`,
        line: file.lineOf(key),
      }));
    } catch (error) {
      throw (await this.#newerVersionError(error)) ?? error;
    }
  }

  /** When settings are not understood, the likeliest reason is that another version wrote them: say so. */
  async #newerVersionError(error: unknown): Promise<UserError | undefined> {
    const wrote = (await this.readSummary())?.versions?.['imdb-rnn'];
    const own = (await ownVersions())['imdb-rnn'];
    if (!(error instanceof Error) || wrote === undefined || wrote === own) return undefined;
    return new UserError(
      error.message,
      `This run was written by imdb-rnn ${wrote}; this is ${own}. Use that version.`,
      {
        cause: error,
      },
    );
  }

  /** The first member. */
  async #lead(): Promise<RunFolder> {
    return (await this.members())[0].run;
  }

  async #readVocabulary(): Promise<Vocabulary> {
    const lead = await this.#lead();
    if (lead !== this) return lead.readVocabulary();
    const { text, dataset } = await this.readConfig();
    const content = await this.#readFixed(fixedFiles.vocabulary);
    try {
      return parseVocabulary(content, { text, fixed: fixedVocabularyOf(dataset) });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      throw new UserError(`${this.path}: ${error.message}`, error.hint, { cause: error });
    }
  }

  async #readFixed(name: string): Promise<string> {
    const mark = (await this.readSummary())?.files?.[name];
    return (await readVerified(join(this.path, name), mark)).toString();
  }
}
