import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, model as makeModel } from '@tensorflow/tfjs-layers';
import type { PaddedBatch } from '../batches/pad-batch.js';
import { UserError } from '../errors/user-error.js';
import { batchInputs } from '../model/batch-inputs.js';

/** Where in a model numbers have become infinite, or none at all. */
export interface NotFinitePlace {
  /** Name of the first layer that has such numbers. */
  readonly layer: string;
  /** Whether its weights have them, or only what it computes. */
  readonly part: 'weights' | 'outputs';
  /** Rows of the batch whose outputs have them; empty where all have, or where rows are no examples there. */
  readonly rows: readonly number[];
}

/** A training whose loss is not a number any more: it ends, its weights as they were before the step. */
export class NotFiniteLoss extends UserError {
  /**
   * @param examples of the step, by their indices among the training examples: those that made it so, where that is known
   * @param where it began, where that is known
   */
  constructor(
    message: string,
    readonly examples: Int32Array,
    readonly where?: NotFinitePlace,
  ) {
    super(
      `${message}: ${where ? describePlace(where) : 'the weights have run away'}`,
      'Try a smaller learning rate, such as --set training.optimizer.learningRate=0.0003 (imdb-rnn find-lr proposes one), or clip the gradients with --set training.clip.norm=1.',
    );
  }
}

/**
 * The first layer of a model whose weights, or whose outputs for a batch, are not all finite; `undefined` where all are, such
 * as when only what dropout drew has made it so.
 */
export function notFinitePlace(model: LayersModel, batch: PaddedBatch): NotFinitePlace | undefined {
  const sick = model.layers.find((layer) => layer.weights.some((weight) => !areFinite(weight.read())));
  if (sick) return { layer: sick.name, part: 'weights', rows: [] };
  return tidy(() => {
    const inputs = batchInputs(model, batch);
    for (const { name, output } of model.layers.filter((layer) => layer.getClassName() !== 'InputLayer')) {
      const values = makeModel({ inputs: model.inputs, outputs: output }).apply(inputs) as Tensor;
      if (areFinite(values)) continue;
      const rows = values.shape[0] === batch.rows ? rowsNotFinite(values) : [];
      return { layer: name, part: 'outputs' as const, rows: rows.length === batch.rows ? [] : rows };
    }
    return undefined;
  });
}

function describePlace({ layer, part }: NotFinitePlace): string {
  return part === 'weights'
    ? `the weights of the layer ${layer} have run away`
    : `the layer ${layer} computes what is no finite number`;
}

function areFinite(values: Tensor): boolean {
  return values.dataSync<'float32'>().every(Number.isFinite);
}

function rowsNotFinite(values: Tensor): number[] {
  const size = values.size / values.shape[0];
  const numbers = values.dataSync<'float32'>();
  return Array.from({ length: values.shape[0] }, (_, row) => row).filter(
    (row) => !numbers.subarray(row * size, (row + 1) * size).every(Number.isFinite),
  );
}
