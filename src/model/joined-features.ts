import { input, type LayersModel, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { FeatureScaling } from '../batches/feature-scaling.js';
import type { FeatureColumn } from '../datasets/split.js';
import { FeatureNormalization } from '../layers/feature-normalization.js';

/** Name of the model's input of numbers beside the texts. */
const featuresInput = 'features';

/** What a model reads, and what its last layers see. */
export interface JoinedFeatures {
  /** The ids, and where there are numbers beside the texts these: float32 [batch, columns]. */
  readonly inputs: SymbolicTensor[];
  /** [batch, n + columns] */
  readonly features: SymbolicTensor;
}

/**
 * Puts the numbers beside a text, normalized, after what the text has become.
 *
 * @param ids the model's input of ids @param ofText [batch, n]
 * @param options.beside the numbers; without them nothing is done
 */
export function joinFeatures(
  ids: SymbolicTensor,
  ofText: SymbolicTensor,
  { beside }: { beside?: FeatureScaling },
): JoinedFeatures {
  if (!beside) return { inputs: [ids], features: ofText };
  const { columns } = beside;
  const numbers = input({ shape: [columns.length], dtype: 'float32', name: featuresInput });
  const normalization = new FeatureNormalization({ name: 'feature_normalization', columns });
  const normalized = normalization.apply(numbers) as SymbolicTensor;
  normalization.scaleBy(beside);
  const joined = layers.concatenate({ name: 'joined' }).apply([ofText, normalized]);
  return { inputs: [ids, numbers], features: joined as SymbolicTensor };
}

/** What a model needs beside the texts, in its order; none for most. */
export function featureColumnsOf(model: LayersModel): readonly FeatureColumn[] {
  const layer = model.layers.find((each) => each instanceof FeatureNormalization);
  return (layer as FeatureNormalization | undefined)?.columns ?? [];
}
