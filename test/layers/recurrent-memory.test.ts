import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { WasmBackend } from '../../src/backends/wasm/wasm-backend.js';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import {
  cellNames,
  recurrentCase,
  recurrentGradients,
  recurrentResults,
  rightPadding,
} from './recurrent-case.js';

registerLayers();

const used = () => {
  const { heapUsedBytes } = (tf.backend() as WasmBackend).memory();
  return { tensors: tf.memory().numTensors, heapUsedBytes };
};

describe.each(backendVariants)('memory of recurrent layers on $title', (variant) => {
  it.each(cellNames)(
    'is given back after each call and each gradient, with dropout and without: %s',
    async (cell) => {
      await useVariant(variant);
      const sizes = { batch: 5, time: 4, features: 3, units: 5 };
      const cases = [
        {},
        {
          ...{ dropout: 0.5, recurrentDropout: 0.5, weightDropout: 0.5 },
          ...{ zoneout: 0.3, cellZoneout: 0.3, withInitialState: true, returnState: true },
        },
        { zoneout: 0.3, cellZoneout: 0.3, returnSequences: true },
      ].map((options) =>
        recurrentCase({ ...sizes, ...options, cell, mask: rightPadding([4, 1, 0, 3, 4], 4) }),
      );
      const turn = () => {
        for (const one of cases) {
          recurrentGradients(one);
          recurrentResults(one);
        }
      };
      turn();
      const before = used();
      for (let i = 0; i < (variant.name === 'cpu' ? 3 : 50); i++) turn();
      expect(used()).toEqual(before);
    },
  );
});
