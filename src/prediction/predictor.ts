import { setImmediate } from 'node:timers/promises';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { BackendChoice } from '../backends/backend-choice.js';
import { encodeTexts } from '../batches/encode-texts.js';
import type { FeatureColumn } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import { type Foreignness, judgeText, readPart } from '../foreignness/fit-foreignness.js';
import { featureColumnsOf } from '../model/joined-features.js';
import { predictProbabilities } from '../model/predict-probabilities.js';
import type { RunFolder } from '../runs/run-folder.js';
import { averageOutputs } from '../tasks/average-outputs.js';
import type { Task } from '../tasks/task.js';
import { addParts, nothingRead, type ReadingExtent, readOf } from '../text/reading-extent.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { gatherFeatures } from './gather-features.js';
import { noteOnText } from './note-on-text.js';
import type { AnswerOptions, Prediction } from './prediction.js';
import type { PredictorOptions } from './predictor-options.js';
import type { Question } from './question.js';
import { type QuestionReader, questionReader } from './question-reader.js';
import type { TextPredictor } from './text-predictor.js';
import { toPrediction } from './to-prediction.js';

export type { AnswerOptions, LabelProbability, Prediction } from './prediction.js';
export type { PredictorOptions } from './predictor-options.js';
export type { Question, QuestionRow, TextWithFeatures } from './question.js';
export type { TextPredictor } from './text-predictor.js';

/** Texts that are encoded and computed before the event loop gets its turn. */
const textsPerTurn = 4096;

/** What of a run answers texts. */
interface Parts {
  readonly task: Task;
  /** Whose probabilities are averaged; a run alone, unless it is an ensemble. */
  readonly members: readonly MemberParts[];
  /** Of the first member: it tells what is read of a text, and which texts are foreign. */
  readonly vocabulary: Vocabulary;
  readonly foreignness?: Foreignness;
  readonly reader: QuestionReader;
}

interface MemberParts {
  readonly model: LayersModel;
  readonly vocabulary: Vocabulary;
  readonly task: Task;
  readonly weight: number;
}

/**
 * A trained model that is ready to label texts; `openPredictor` makes it of a run's folder.
 *
 * ```ts
 * const predictor = await openPredictor('models/mine');
 * const { label, probability } = await predictor.predict('What a film!');
 * predictor.dispose();
 * ```
 */
export class Predictor implements TextPredictor {
  readonly task: Task;
  /** What computes; undefined where that was chosen before the predictor was opened. */
  readonly backend?: BackendChoice;
  readonly #parts: Parts;
  readonly #options: PredictorOptions;
  #extent = nothingRead;
  #isDisposed = false;

  private constructor(parts: Parts, { backend, ...options }: PredictorOptions & { backend?: BackendChoice }) {
    this.task = parts.task;
    this.backend = backend;
    this.#parts = parts;
    this.#options = options;
  }

  /**
   * Reads a run's settings, vocabulary and model onto the current backend.
   *
   * @throws UserError when a file is missing or damaged, or `threshold` is given for a task without thresholds
   */
  static async open(
    run: RunFolder,
    options: PredictorOptions & { readonly backend?: BackendChoice } = {},
  ): Promise<Predictor> {
    const { threshold } = options;
    const [config, vocabulary, task, foreignness] = await Promise.all([
      run.readConfig(),
      run.readVocabulary(),
      run.readTask({ threshold }),
      run.readForeignness(),
    ]);
    const reader = questionReader(config.dataset);
    const members = await openMembers(run);
    return new Predictor({ task, vocabulary, foreignness, reader, members }, options);
  }

  /** Names of the labels, in the order of the model's columns. */
  get labels(): readonly string[] {
    return this.task.labels;
  }

  /** How much was read of all the texts so far. */
  get extent(): ReadingExtent {
    return this.#extent;
  }

  /** The unit of lengths in {@link extent}. */
  get lengthUnit(): string {
    return this.#parts.vocabulary.text.lengthUnit;
  }

  /** Whether a text may be answered with none of the labels. */
  get knowsUnknown(): boolean {
    return this.#parts.foreignness !== undefined;
  }

  /** What the model needs beside each text, in its order; none for most models. */
  get features(): readonly FeatureColumn[] {
    return (
      this.#parts.members.map(({ model }) => featureColumnsOf(model)).find(({ length }) => length > 0) ?? []
    );
  }

  /** The columns that a text must have which is given as a row: those of the files that the run was trained on, or `text`. */
  get columns(): readonly string[] {
    return this.#parts.reader.columns;
  }

  /**
   * Labels a text, or each of a list in the order given. A text's answer does not depend on the texts beside it.
   *
   * @param question a text; or a row, an object with the columns that the run was trained on (see {@link columns}), or
   *   `{ text, features }` with the numbers in the order of {@link features}, where the model needs more than a text
   * @param options take the place of those that the predictor was opened with
   * @throws UserError when a column or number is missing or cannot be used, or the predictor is disposed
   */
  predict(question: Question, options?: AnswerOptions): Promise<Prediction>;
  predict(questions: readonly Question[], options?: AnswerOptions): Promise<Prediction[]>;
  async predict(
    asked: Question | readonly Question[],
    options: AnswerOptions = {},
  ): Promise<Prediction | Prediction[]> {
    if (this.#isDisposed) {
      throw new UserError('The predictor is disposed.', 'Open another one: await openPredictor(run).');
    }
    const chosen = { ...this.#options, ...withoutUndefined(options) };
    if (!isList(asked)) return (await this.#answer([asked], { place: 0, ...chosen }))[0];
    if (asked.length <= textsPerTurn) return this.#answer(asked, { place: 0, ...chosen });
    const answers: Prediction[] = [];
    for (let place = 0; place < asked.length; place += textsPerTurn) {
      if (place > 0) await setImmediate();
      const part = await this.#answer(asked.slice(place, place + textsPerTurn), { place, ...chosen });
      for (const answer of part) answers.push(answer);
    }
    return answers;
  }

  /** Frees the model's memory. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const { model } of this.#parts.members) model.dispose();
  }

  /** `place`: of the first of the questions, for messages. */
  async #answer(
    questions: readonly Question[],
    { place, batchSize = 64, ...options }: PredictorOptions & { readonly place: number },
  ): Promise<Prediction[]> {
    if (questions.length === 0) return [];
    const { members, vocabulary, task, reader } = this.#parts;
    const examples = questions.map((question, index) => reader.read(question, place + index));
    const texts = examples.map((example) => (typeof example === 'string' ? example : example.text));
    const features = gatherFeatures(examples, this.features, { place });
    const encodedFor = (member: MemberParts) => ({
      ...encodeTexts(texts, member.vocabulary),
      ...(features && { features }),
    });
    const encoded = encodedFor(members[0]);
    const said = [];
    for (const [place, member] of members.entries()) {
      const read = place === 0 ? encoded : encodedFor(member);
      said.push({ ...member, outputs: await predictProbabilities(member.model, read, { batchSize }) });
    }
    const outputs = averageOutputs(said);
    const columns = outputs.length / texts.length;
    const parts = texts.map((text) => readOf(text, vocabulary.text));
    this.#extent = addParts(this.#extent, parts);
    return texts.map((text, row) => {
      const { length, read } = parts[row];
      const ids = encoded.ids.subarray(encoded.offsets[row], encoded.offsets[row + 1]);
      const answer = task.answer(outputs.subarray(row * columns, (row + 1) * columns));
      const about = { text, shareRead: length === 0 ? 1 : read / length, ...this.#foreignnessOf(text) };
      return toPrediction(answer, { ...about, note: noteOnText(text, ids, vocabulary) }, options);
    });
  }

  #foreignnessOf(text: string): Pick<Prediction, 'foreignness'> & { unknown?: boolean } {
    const { foreignness: known, vocabulary } = this.#parts;
    if (!known || text.trim() === '') return {};
    const { foreignness, unknown } = judgeText(readPart(text, vocabulary.text), known);
    return { foreignness, unknown };
  }
}

const isList = (asked: Question | readonly Question[]): asked is readonly Question[] => Array.isArray(asked);

function withoutUndefined({ top, minProbability }: AnswerOptions): AnswerOptions {
  return { ...(top !== undefined && { top }), ...(minProbability !== undefined && { minProbability }) };
}

async function openMembers(run: RunFolder): Promise<MemberParts[]> {
  const opened: MemberParts[] = [];
  try {
    for (const { run: member, weight } of await run.members()) {
      const [vocabulary, task] = await Promise.all([member.readVocabulary(), member.readTask()]);
      opened.push({ vocabulary, task, weight, model: await member.readModel() });
    }
    return opened;
  } catch (error) {
    for (const { model } of opened) model.dispose();
    throw error;
  }
}
