import type { LayersModel } from '@tensorflow/tfjs-layers';
import { encodeTexts } from '../batches/encode-texts.js';
import type { FeatureColumn } from '../datasets/split.js';
import { featureColumnsOf } from '../model/joined-features.js';
import { predictProbabilities } from '../model/predict-probabilities.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Answer, Task } from '../tasks/task.js';
import { tokenText } from '../text/token-text.js';
import { startToken, type Vocabulary } from '../text/vocabulary.js';
import { gatherFeatures, type TextWithFeatures } from './gather-features.js';

export type { TextWithFeatures };

/** What a model says of one text. */
export interface Prediction extends Answer {
  readonly text: string;
  /** Why the answer means little, when it does: the text is empty, or the model knows none of its words. */
  readonly note?: string;
}

/** A prediction as plain data: `{ text, label, probability, probabilities, note? }`. */
export function predictionRecord({ text, record, note }: Prediction): Record<string, unknown> {
  return { text, ...record, ...(note === undefined ? {} : { note }) };
}

/** Texts computed at once: enough to fill the kernels, few enough to answer soon. */
const batchSize = 64;

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
  private constructor(
    readonly task: Task,
    private readonly model: LayersModel,
    private readonly vocabulary: Vocabulary,
  ) {}

  /** Reads a run's settings, vocabulary and model. @throws UserError when one is missing or damaged */
  static async open(run: RunFolder): Promise<Predictor> {
    const [vocabulary, task] = await Promise.all([run.readVocabulary(), run.readTask()]);
    return new Predictor(task, await run.readModel(), vocabulary);
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
    const texts = examples.map((example) => (typeof example === 'string' ? example : example.text));
    const features = gatherFeatures(examples, this.features);
    const encoded = { ...encodeTexts(texts, this.vocabulary), ...(features && { features }) };
    const outputs = await predictProbabilities(this.model, encoded, { batchSize });
    const columns = outputs.length / texts.length;
    return texts.map((text, row) => {
      const ids = encoded.ids.subarray(encoded.offsets[row], encoded.offsets[row + 1]);
      const answer = this.task.answer(outputs.subarray(row * columns, (row + 1) * columns));
      const note = this.noteOn(text, ids);
      return { text, ...answer, ...(note === undefined ? {} : { note }) };
    });
  }

  /** Frees the model's memory. */
  dispose(): void {
    this.model.dispose();
  }

  private noteOn(text: string, ids: Int32Array): string | undefined {
    if (text.trim() === '') return 'empty text';
    const features = this.vocabulary.features(text);
    const unit = readsCharacters(this.vocabulary.text) ? 'character' : 'word';
    if (features.every((feature) => this.isBlank(feature))) return `no ${unit} in it`;
    return ids.some((id) => this.isKnown(id)) ? undefined : `no known ${unit}`;
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
