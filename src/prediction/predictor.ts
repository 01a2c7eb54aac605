import type { LayersModel } from '@tensorflow/tfjs-layers';
import { encodeTexts } from '../batches/encode-texts.js';
import type { FeatureColumn } from '../datasets/split.js';
import { type Foreignness, judgeText, readPart } from '../foreignness/fit-foreignness.js';
import { featureColumnsOf } from '../model/joined-features.js';
import { predictProbabilities } from '../model/predict-probabilities.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Answer, Task } from '../tasks/task.js';
import { addExtent, nothingRead, type ReadingExtent } from '../text/reading-extent.js';
import { tokenText } from '../text/token-text.js';
import { startToken, type Vocabulary } from '../text/vocabulary.js';
import { gatherFeatures, type TextWithFeatures } from './gather-features.js';

export type { TextWithFeatures };

/** What a model says of one text. */
export interface Prediction extends Answer {
  readonly text: string;
  /** Why the answer means little, when it does: the text is empty, or the model knows none of its words. */
  readonly note?: string;
  /** How foreign the text is to the training texts, in standard deviations of whole ones; of runs that were trained with `unknown`. */
  readonly foreignness?: number;
  /** Whether the text is so foreign, for its length, that it has none of the labels. */
  readonly unknown?: boolean;
}

export interface PredictorOptions {
  /** Texts computed at once; changes the speed only. Default 64: enough to fill the kernels, few enough to answer soon. */
  readonly batchSize?: number;
}

/**
 * A trained model that is ready to label texts, on the backend that was current when it was opened.
 *
 * ```ts
 * const predictor = await Predictor.open(await findRun('models'));
 * const [{ summary, probability }] = await predictor.predict(['What a film!']);
 * predictor.dispose();
 * ```
 */
export class Predictor {
  readonly #batchSize: number;
  #extent = nothingRead;

  private constructor(
    readonly task: Task,
    private readonly model: LayersModel,
    private readonly vocabulary: Vocabulary,
    private readonly foreignness: Foreignness | undefined,
    { batchSize = 64 }: PredictorOptions,
  ) {
    this.#batchSize = batchSize;
  }

  /** Reads a run's settings, vocabulary and model. @throws UserError when one is missing or damaged */
  static async open(run: RunFolder, options: PredictorOptions = {}): Promise<Predictor> {
    const [vocabulary, task, foreignness] = await Promise.all([
      run.readVocabulary(),
      run.readTask(),
      run.readForeignness(),
    ]);
    return new Predictor(task, await run.readModel(), vocabulary, foreignness, options);
  }

  /** How much was read of all the texts so far. */
  get extent(): ReadingExtent {
    return this.#extent;
  }

  /** The unit of lengths in {@link extent}. */
  get lengthUnit(): string {
    return this.vocabulary.text.lengthUnit;
  }

  /** Whether a text may be answered with none of the labels. */
  get knowsUnknown(): boolean {
    return this.foreignness !== undefined;
  }

  /** What the model needs beside each text, in its order; none for most models. */
  get features(): readonly FeatureColumn[] {
    return featureColumnsOf(this.model);
  }

  /**
   * Labels each text, in the order given. A text's answer does not depend on the texts beside it.
   *
   * @param examples texts; with numbers beside them where the model was trained with some
   * @throws UserError when the model needs numbers beside a text that are not there, or cannot use those that are
   */
  async predict(examples: readonly (string | TextWithFeatures)[]): Promise<Prediction[]> {
    if (examples.length === 0) return [];
    const texts = examples.map((example) => (typeof example === 'string' ? example : example.text));
    const features = gatherFeatures(examples, this.features);
    this.#extent = addExtent(this.#extent, texts, this.vocabulary.text);
    const encoded = { ...encodeTexts(texts, this.vocabulary), ...(features && { features }) };
    const outputs = await predictProbabilities(this.model, encoded, { batchSize: this.#batchSize });
    const columns = outputs.length / texts.length;
    return texts.map((text, row) => {
      const ids = encoded.ids.subarray(encoded.offsets[row], encoded.offsets[row + 1]);
      const answer = this.task.answer(outputs.subarray(row * columns, (row + 1) * columns));
      const note = this.noteOn(text, ids);
      return { text, ...answer, ...this.foreignnessOf(text), ...(note === undefined ? {} : { note }) };
    });
  }

  /** Frees the model's memory. */
  dispose(): void {
    this.model.dispose();
  }

  private foreignnessOf(text: string): Pick<Prediction, 'foreignness' | 'unknown'> {
    if (!this.foreignness || text.trim() === '') return {};
    const { foreignness, unknown } = judgeText(readPart(text, this.vocabulary.text), this.foreignness);
    return { foreignness, unknown };
  }

  private noteOn(text: string, ids: Int32Array): string | undefined {
    if (ids.some((id) => this.isKnown(id))) return undefined;
    if (text.trim() === '') return 'empty text';
    const features = this.vocabulary.features(text);
    const unit = readsCharacters(this.vocabulary.text) ? 'character' : 'word';
    return features.every((feature) => this.isBlank(feature)) ? `no ${unit} in it` : `no known ${unit}`;
  }

  /**
   * Ids that many words, or runs of words, share say nothing of one: only a known word has a token of its own. A subword
   * that is a part of a character tells that no text with this character was learned from.
   */
  private isKnown(id: number): boolean {
    const token = this.vocabulary.token(id);
    if (token === undefined || this.isBlank(token) || this.vocabulary.isOov(id)) return false;
    return tokenText(token, this.vocabulary.text) !== undefined;
  }

  private isBlank(feature: string): boolean {
    return feature === startToken || tokenText(feature, this.vocabulary.text)?.trim() === '';
  }
}

function readsCharacters({ tokenizer }: Vocabulary['text']): boolean {
  return tokenizer === 'characters' || tokenizer === 'subwords';
}
