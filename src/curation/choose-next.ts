import { createHash } from 'node:crypto';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { encodeTexts } from '../batches/encode-texts.js';
import { columnMark } from '../datasets/files/read-record.js';
import { UserError } from '../errors/user-error.js';
import { listFeatures } from '../model/check-features.js';
import { featureColumnsOf } from '../model/joined-features.js';
import { predictProbabilities } from '../model/predict-probabilities.js';
import type { Row } from '../rows/row.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Answer, Task } from '../tasks/task.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { featuresOfTexts } from './features-of-texts.js';
import { kCenterGreedy } from './k-center.js';
import { type Candidate, keepBest } from './keep-best.js';
import { labelAnswers } from './label-questions.js';
import type { NextStrategy } from './next-strategy.js';
import { type UncertaintyMeasure, uncertainties } from './uncertainty.js';

export interface ChooseNextOptions {
  readonly strategy: NextStrategy;
  /** How many texts are chosen; all where there are fewer. */
  readonly count: number;
  /** Columns that make a text, joined as in a data set of files. */
  readonly textColumns: readonly string[];
  /** Rows with something in this column have a label already, and are passed over. */
  readonly labelColumn: string;
  /** Decides the random part of `coreSet`. */
  readonly seed: number;
  /** Texts that are spread over at most, by `coreSet` and `mixed`: they are held in memory. */
  readonly candidates: number;
  /** Texts computed at once; changes the speed only. */
  readonly batchSize: number;
  /** Is told how many rows are read. */
  readonly onProgress?: (rows: number) => void;
  /** Ends it after the texts that are being computed. */
  readonly signal?: AbortSignal;
}

export interface ChosenRow extends Pick<Answer, 'summary' | 'probability'> {
  readonly row: Row;
}

export interface NextToLabel {
  /** The most valuable one first. */
  readonly chosen: readonly ChosenRow[];
  readonly rows: number;
  /** Rows that were passed over: with a label, and without a text. */
  readonly labelled: number;
  readonly empty: number;
  /** Texts that were spread over, where they were. */
  readonly candidates?: number;
}

/** Of so many texts for each one that is wanted `mixed` takes those that cover the others. */
const mixedFactor = 10;

interface TextCandidate extends Candidate {
  readonly row: Row;
  readonly text: string;
}

/**
 * Chooses texts to label next out of rows without labels, which are read once, as they come. Equal texts count once. The
 * same rows, model and seed give the same choice.
 *
 * @param portions rows, in as many portions as they come in
 * @returns undefined when it was stopped
 * @throws UserError when the run is damaged or was trained with features beside the text, or its task has no labels of whole texts
 */
export async function chooseNext(
  run: RunFolder,
  portions: AsyncIterable<readonly Row[]>,
  options: ChooseNextOptions,
): Promise<NextToLabel | undefined> {
  const [vocabulary, task] = await Promise.all([run.readVocabulary(), run.readTask()]);
  const model = await run.readModel();
  try {
    const beside = featureColumnsOf(model);
    if (beside.length > 0) {
      throw new UserError(
        `The run ${run.name} was trained with ${listFeatures(beside)} beside each text, which is not read of what is to be labelled.`,
        'Choose with a run that was trained on texts alone.',
      );
    }
    return await chooseWith({ vocabulary, task, model }, portions, options);
  } finally {
    model.dispose();
  }
}

interface Judge {
  readonly vocabulary: Vocabulary;
  readonly task: Task;
  readonly model: LayersModel;
}

async function chooseWith(
  judge: Judge,
  portions: AsyncIterable<readonly Row[]>,
  options: ChooseNextOptions,
): Promise<NextToLabel | undefined> {
  const { strategy, count, batchSize, signal } = options;
  const spread = strategy === 'coreSet' || strategy === 'mixed';
  const kept = keepBest<TextCandidate>(spread ? Math.max(count, poolSize(options)) : count);
  const passed = { rows: 0, labelled: 0, empty: 0 };
  for await (const portion of portions) {
    const unlabelled: { row: Row; text: string }[] = [];
    for (const row of portion) {
      const texts = options.textColumns.map((column) => textOf(row.values[column]));
      const text = texts.join(columnMark);
      if (textOf(row.values[options.labelColumn]).trim() !== '') passed.labelled += 1;
      else if (texts.every((each) => each.trim() === '')) passed.empty += 1;
      else unlabelled.push({ row, text });
    }
    for (let start = 0; start < unlabelled.length; start += batchSize) {
      const batch = unlabelled.slice(start, start + batchSize);
      const scores = await scoresOf(
        batch.map(({ text }) => text),
        judge,
        options,
      );
      batch.forEach(({ row, text }, i) => {
        kept.offer({ key: text, score: scores[i], row, text });
      });
      if (signal?.aborted) return undefined;
    }
    passed.rows += portion.length;
    options.onProgress?.(passed.rows);
    if (signal?.aborted) return undefined;
  }
  const best = kept.best();
  if (best.length === 0) return { chosen: [], ...passed };
  const chosen = spread ? await spreadOver(best, judge, options) : best;
  const rows = await answered(chosen, judge, options);
  return { chosen: rows, ...passed, ...(spread && { candidates: best.length }) };
}

function poolSize({ strategy, count, candidates }: ChooseNextOptions): number {
  return strategy === 'mixed' ? Math.min(candidates, count * mixedFactor) : candidates;
}

/** How much each text is worth to be kept, `[texts]`. */
async function scoresOf(
  texts: readonly string[],
  { vocabulary, task, model }: Judge,
  { strategy, seed, batchSize }: ChooseNextOptions,
): Promise<ArrayLike<number>> {
  // A number by the text's hash: which texts are kept depends neither on their order nor on how often they come.
  if (strategy === 'coreSet') return texts.map((text) => hashNumber(`${seed} ${text}`));
  const measure: UncertaintyMeasure = strategy === 'mixed' ? 'margin' : strategy;
  const outputs = await predictProbabilities(model, encodeTexts(texts, vocabulary), { batchSize });
  return uncertainties(labelAnswers(task, outputs), measure);
}

async function spreadOver(
  candidates: readonly TextCandidate[],
  judge: Judge,
  { count, batchSize }: ChooseNextOptions,
): Promise<TextCandidate[]> {
  const texts = candidates.map(({ text }) => text);
  const features = await featuresOfTexts(texts, { ...judge, batchSize });
  return Array.from(kCenterGreedy(features, { count }), (place) => candidates[place]);
}

async function answered(
  chosen: readonly TextCandidate[],
  { vocabulary, task, model }: Judge,
  { batchSize }: ChooseNextOptions,
): Promise<ChosenRow[]> {
  const encoded = encodeTexts(
    chosen.map(({ text }) => text),
    vocabulary,
  );
  const outputs = await predictProbabilities(model, encoded, { batchSize });
  return chosen.map(({ row }, i) => {
    const { summary, probability } = task.answer(outputs.subarray(i * task.columns, (i + 1) * task.columns));
    return { row, summary, probability };
  });
}

/** A cell as text; what is not there, and an empty list, is the empty text. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : String(value);
}

/** 48 bits of SHA-256. */
function hashNumber(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6);
}
