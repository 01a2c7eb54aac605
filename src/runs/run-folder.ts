import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Config } from '../config/schema.js';
import { serializeConfig } from '../config/serialize-config.js';
import { writeAtomically } from '../files/write-atomically.js';
import type { FittedForeignness, Foreignness } from '../foreignness/fit-foreignness.js';
import type { Decision } from '../tasks/decision.js';
import { openTask } from '../tasks/open-task.js';
import type { Task } from '../tasks/task.js';
import type { Vocabulary } from '../text/vocabulary.js';
import {
  type Checkpoint,
  type EncodedCheckpoint,
  encodeCheckpoint,
  readCheckpoint,
  removeFormerCheckpoint,
  writeCheckpoint,
} from './checkpoint-files.js';
import { markOf } from './checksum.js';
import { decisionFile, readDecision, removeDecision, writeDecision } from './decision-file.js';
import { memberFolders, severalModels } from './ensemble-file.js';
import { fixedFiles, readFixedFile } from './fixed-files.js';
import {
  type FoldIdentity,
  type FoldPredictions,
  readFoldPredictions,
  writeFoldPredictions,
} from './fold-predictions-file.js';
import { renewMetrics, renewState, renewSummary } from './former-formats.js';
import { loadModel } from './load-model.js';
import { appendMetrics, type MetricsRecord, metricsFile, readMetrics, writeMetrics } from './metrics-file.js';
import { ensembleFacts, type ModelFacts, modelFacts } from './model-facts.js';
import { modelState, writeModelFiles } from './model-files.js';
import { readOwnLayers } from './own-layers.js';
import { parseRunVocabulary } from './parse-run-vocabulary.js';
import {
  type Predictions,
  readPredictions,
  type SplitIdentity,
  writePredictions,
} from './predictions-file.js';
import { proveModel } from './prove-model.js';
import { onceEach, type Trust } from './read-verified.js';
import { readRunConfig } from './run-config.js';
import { foreignnessFile, readForeignness, writeForeignness } from './run-foreignness.js';
import { readSummary, runningStatus, type Summary, writeSummary } from './summary-file.js';

export { fixedFiles } from './fixed-files.js';

/**
 * One training's folder, `models/<run>/`, and the only way to its files. Made by `createRun`, found by `findRun`.
 * Reading checks sizes and checksums and throws UserError; every whole file is replaced atomically.
 */
export class RunFolder {
  #vocabulary: Promise<Vocabulary> | undefined;
  #config: Promise<Config> | undefined;
  readonly #trust: Trust | undefined;

  /** @param options.trust uses files that are not proven to be as they were written, and is told which; default: refuse them */
  constructor(
    readonly path: string,
    { trust }: { trust?: Trust } = {},
  ) {
    this.#trust = trust && onceEach(trust);
  }

  /** Whether its files are used although they are not proven to be as they were written. */
  get isTrusted(): boolean {
    return this.#trust !== undefined;
  }

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
    // A training marks its files when it has ended.
    if ((await this.readSummary())?.status !== runningStatus) await this.writeSummary({});
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
    const prove = (json: Buffer) => proveModel(this, json, { trust: this.#trust });
    return loadModel(this.path, { vocabulary, task, prove });
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
    return writeForeignness(this.path, foreignness);
  }

  /** What tells foreign texts, or `undefined` for a run that was trained without `unknown`; of an ensemble, its first member's. */
  async readForeignness(): Promise<Foreignness | undefined> {
    const lead = await this.#lead();
    if (lead !== this) return lead.readForeignness();
    if ((await this.readConfig()).unknown === 'none') return undefined;
    return readForeignness(this.path, await this.readSummary());
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

  /** Adds a line to metrics.jsonl. @returns the line, with its end */
  appendMetrics(record: MetricsRecord): Promise<string> {
    return appendMetrics(metricsPath(this), record);
  }

  /**
   * The lines of metrics.jsonl in the form of today; a last one that a kill has cut off is left out.
   *
   * @param options.damaged is told the numbers of lines that are no records, and they are left out
   * @throws UserError at such a line otherwise
   */
  async readMetrics(options: { damaged?: (line: number) => void } = {}): Promise<MetricsRecord[]> {
    return (await readMetrics(metricsPath(this), options)).map(renewMetrics);
  }

  /** Replaces all lines of metrics.jsonl. */
  writeMetrics(records: readonly MetricsRecord[]): Promise<void> {
    return writeMetrics(metricsPath(this), records);
  }

  /**
   * Replaces the checkpoint, and keeps the one before as a spare; tensors stay the caller's.
   *
   * @returns milliseconds for which this held up whatever else the process does
   */
  writeCheckpoint(checkpoint: Checkpoint | EncodedCheckpoint): Promise<number> {
    const encoded = 'numbers' in checkpoint ? checkpoint : encodeCheckpoint(checkpoint);
    return writeCheckpoint(checkpointPath(this), encoded);
  }

  /** Removes the spare. */
  removeFormerCheckpoint(): Promise<void> {
    return removeFormerCheckpoint(checkpointPath(this));
  }

  /**
   * The last whole checkpoint, its state in the form of today, or `undefined`; the caller disposes its tensors.
   *
   * @param options.onNote is told where the very last one is damaged
   */
  async readCheckpoint(options: { onNote?: (note: string) => void } = {}): Promise<Checkpoint | undefined> {
    const checkpoint = await readCheckpoint(checkpointPath(this), options);
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

  /** Replaces the settings. A kill at any moment leaves the former or the new ones, and run.json takes both. */
  async replaceConfig(config: Config): Promise<void> {
    const content = serializeConfig(config);
    await this.writeSummary({ replacing: { [fixedFiles.config]: markOf(content) } });
    await writeAtomically(join(this.path, fixedFiles.config), content);
    this.#config = undefined;
    await this.writeSummary({ replacing: undefined });
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
    return readRunConfig(this.path, { summary: await this.readSummary(), trust: this.#trust });
  }

  /** The first member. */
  async #lead(): Promise<RunFolder> {
    return (await this.members())[0].run;
  }

  async #readVocabulary(): Promise<Vocabulary> {
    const lead = await this.#lead();
    if (lead !== this) return lead.readVocabulary();
    const context = { folder: this.path, config: await this.readConfig() };
    return parseRunVocabulary(await this.#readFixed(fixedFiles.vocabulary), context);
  }

  async #readFixed(name: string): Promise<string> {
    return readFixedFile(this.path, name, { summary: await this.readSummary(), trust: this.#trust });
  }
}

const metricsPath = ({ path }: RunFolder) => join(path, metricsFile);
const checkpointPath = ({ path }: RunFolder) => join(path, 'checkpoint');
