import type { LayersModel } from '@tensorflow/tfjs-layers';
import { encodeTexts } from '../batches/encode-texts.js';
import { predictedLabels } from '../metrics/predicted-labels.js';
import { outputColumns, predictProbabilities } from '../model/predict-probabilities.js';
import type { RunFolder } from '../runs/run-folder.js';
import { startToken, type Vocabulary } from '../text/vocabulary.js';

/** What the model says of one text. */
export interface Prediction {
  readonly text: string;
  /** The most probable label. */
  readonly label: string;
  /** Of that label. */
  readonly probability: number;
  /** Of every label, by its name. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** Why the answer means little, when it does: the text is empty, or the model knows none of its words. */
  readonly note?: string;
}

/** Texts computed at once: enough to fill the kernels, few enough to answer soon. */
const batchSize = 64;

/**
 * A trained model that is ready to label texts, on the backend that was current when it was opened.
 *
 * ```ts
 * const predictor = await Predictor.open(await findRun('models'));
 * const [{ label, probability }] = await predictor.predict(['What a film!']);
 * predictor.dispose();
 * ```
 */
export class Predictor {
  private constructor(
    readonly labels: readonly string[],
    private readonly model: LayersModel,
    private readonly vocabulary: Vocabulary,
  ) {}

  /** Reads a run's settings, vocabulary and model. @throws UserError when one is missing or damaged */
  static async open(run: RunFolder): Promise<Predictor> {
    const [vocabulary, labels] = await Promise.all([run.readVocabulary(), run.readLabels()]);
    return new Predictor(labels, await run.readModel(), vocabulary);
  }

  /** Labels each text, in the order given. A text's answer does not depend on the texts beside it. */
  async predict(texts: readonly string[]): Promise<Prediction[]> {
    const encoded = encodeTexts(texts, this.vocabulary);
    const probabilities = await predictProbabilities(this.model, encoded, { batchSize });
    const columns = outputColumns(this.model);
    const predicted = predictedLabels(probabilities, columns);
    return texts.map((text, row) => {
      const row0 = probabilities.subarray(row * columns, (row + 1) * columns);
      const ofLabels = columns === 1 ? [1 - row0[0], row0[0]] : [...row0];
      const ids = encoded.ids.subarray(encoded.offsets[row], encoded.offsets[row + 1]);
      const note = this.noteOn(text, ids);
      return {
        text,
        label: this.labels[predicted[row]],
        probability: ofLabels[predicted[row]],
        probabilities: Object.fromEntries(this.labels.map((label, index) => [label, ofLabels[index]])),
        ...(note === undefined ? {} : { note }),
      };
    });
  }

  /** Frees the model's memory. */
  dispose(): void {
    this.model.dispose();
  }

  private noteOn(text: string, ids: Int32Array): string | undefined {
    if (text.trim() === '') return 'empty text';
    const features = this.vocabulary.features(text);
    if (features.every((feature) => feature === startToken)) return 'no word in it';
    return ids.some((id) => this.isKnown(id)) ? undefined : 'no known word';
  }

  /** Ids that many words, or runs of words, share say nothing of one: only a known word has a token of its own. */
  private isKnown(id: number): boolean {
    const token = this.vocabulary.token(id);
    return token !== undefined && token !== startToken && !this.vocabulary.isOov(id);
  }
}
