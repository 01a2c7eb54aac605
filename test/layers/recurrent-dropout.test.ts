import * as tf from '@tensorflow/tfjs-core';
import { input, model } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerLayers } from '../../src/layers/register.js';
import { Random } from '../../src/random/random.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomNumbers } from '../backends/random-numbers.js';
import { expectValues } from './expect-values.js';
import { cellNames, cells, recurrentCase, recurrentOutput } from './recurrent-case.js';

registerLayers();

const sizes = { batch: 3, time: 4, features: 5, units: 6 };
const { batch, time, features, units } = sizes;

describe.each(backendVariants)('dropout of recurrent layers on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  /** The output of layers with a rate, called through a model as a training does. */
  function train(
    cell: (typeof cellNames)[number],
    kwargs: Record<string, unknown>,
    rates = {},
  ): Float32Array {
    const x = input({ shape: [null, features] });
    const made = ['first', 'second'].map((name, i) => {
      const options = { name, units, returnSequences: i === 0, ...rates };
      return cells[cell].layer(options as never);
    });
    const outputs = made.reduce((values, layer) => layer.apply(values) as typeof x, x);
    const network = model({ inputs: x, outputs });
    tf.tidy(() => {
      const values = network
        .getWeights()
        .map(({ size, shape }, i) => tf.tensor(randomNumbers(size, { seed: i + 1 }), shape));
      network.setWeights(values);
    });
    const result = tf.tidy(() => {
      const values = tf.tensor3d(randomNumbers(batch * time * features), [batch, time, features]);
      return (network.apply(values, kwargs) as tf.Tensor).dataSync<'float32'>();
    });
    network.dispose();
    return result;
  }

  it.each(cellNames)('repeats with the generator that a training passes to its model: %s', (cell) => {
    for (const rates of [
      { dropout: 0.4 },
      { recurrentDropout: 0.4 },
      { weightDropout: 0.4 },
      { zoneout: 0.4 },
      { dropout: 0.3, recurrentDropout: 0.3 },
    ]) {
      const from = (seed: number) => train(cell, { training: true, random: new Random(seed) }, rates);
      const first = from(1);
      expect(from(1)).toEqual(first);
      expect(from(2)).not.toEqual(first);
      // Outside of training nothing is dropped, and nothing drawn.
      const random = new Random(1);
      if (!('zoneout' in rates)) expect(train(cell, { random }, rates)).toEqual(train(cell, {}));
      expect(random.state).toEqual(new Random(1).state);
    }
  });

  it.each(cellNames)('has no state to drop at a first step from zeros: %s', (cell) => {
    const one = recurrentCase({ ...sizes, time: 1, cell });
    const dropped = recurrentCase({ ...sizes, time: 1, cell, recurrentDropout: 0.9 });
    expectValues(recurrentOutput(dropped), recurrentOutput(one), 0);
  });
});
