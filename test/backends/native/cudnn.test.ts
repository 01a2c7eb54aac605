import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OpAttribute } from '../../../src/backends/native/native-backend.js';
import { cudnnAttributes } from '../../../src/backends/native/registered/cudnn-gru.js';
import { useBackend } from '../../../src/backends/use-backend.js';
import { registerLayers } from '../../../src/layers/register.js';
import { expectValues } from '../../layers/expect-values.js';
import {
  type GruShape,
  type GruValues,
  gruCase,
  gruGradients,
  gruOutput,
  rightPadding,
} from '../../layers/gru-case.js';
import { referenceGru } from '../../layers/reference-gru.js';
import { nativeIsInstalled } from '../backend-variants.js';
import { emulateCudnn, nativeBackend } from './emulated-cudnn.js';

registerLayers();

const shape: GruShape = { batch: 4, time: 5, features: 3, units: 6, resetAfter: true };
const mask = rightPadding([5, 2, 4, 1], 5);
const forms: Record<string, Partial<GruShape>> = {
  'the last state': {},
  'all states': { returnSequences: true },
  'padded rows': { mask },
  'all states of padded rows': { mask, returnSequences: true },
  'an initial state': { mask, withInitialState: true, returnSequences: true },
  'no bias': { useBias: false, mask },
};

describe.skipIf(!nativeIsInstalled)("cuDNN's GRU (skipped: imdb-rnn native install was not run)", () => {
  beforeAll(async () => {
    await useBackend('tensorflow');
  });

  describe.each(Object.entries(forms))('emulated, with %s', (_, form) => {
    it("gives what Keras' formulas give, with one operation each way", () => {
      const gru = gruCase({ ...shape, ...form });
      const expected = gruGradients(gru);
      const calls = emulateCudnn();
      expectValues(gruOutput(gru), referenceGru(gru), 2e-6);
      const gradients = gruGradients(gru);
      expect(Object.keys(gradients)).toEqual(Object.keys(expected));
      for (const name of Object.keys(expected) as (keyof GruValues)[]) {
        expectValues(gradients[name], expected[name], 1e-5);
      }
      expect(calls.map(({ name }) => name)).toEqual(['CudnnRNNV3', 'CudnnRNNV3', 'CudnnRNNBackpropV3']);
    });
  });

  it.each<[string, Partial<GruShape>]>([
    ['the reset gate before the product', { resetAfter: false }],
    ['backwards', { goBackwards: true }],
    ['padding on the left', { mask: [0, 1, 1, 1, 1, ...new Array(15).fill(1)] }],
    ['a row without a token', { mask: rightPadding([5, 0, 4, 1], 5) }],
  ])('is left to the steps where cuDNN cannot: %s', (_, form) => {
    const calls = emulateCudnn();
    const gru = gruCase({ ...shape, ...form });
    expectValues(gruOutput(gru), referenceGru(gru), 2e-6);
    gruGradients(gru);
    expect(calls).toEqual([]);
  });

  it('leaves no tensor of TensorFlow behind', () => {
    emulateCudnn();
    const gru = gruCase({ ...shape, mask, returnSequences: true });
    gruGradients(gru);
    const before = [tf.memory().numTensors, nativeBackend().binding.getNumOfTensors()];
    gruGradients(gru);
    expect([tf.memory().numTensors, nativeBackend().binding.getNumOfTensors()]).toEqual(before);
  });

  /** What TensorFlow says to an operation; without a GPU the right one has no kernel, and nothing else is wrong. */
  function answerTo(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: number,
    outputs: number,
  ): string {
    const { binding } = nativeBackend();
    const floats = (size: number[]) =>
      binding.createTensor(size, binding.TF_FLOAT, new Float32Array(size.reduce((a, b) => a * b, 1)));
    const ids = Array.from({ length: inputs }, (_, i) =>
      i === 4
        ? binding.createTensor([2], binding.TF_INT32, Int32Array.of(1, 1))
        : floats(i < 2 ? [1, 2, 3] : []),
    );
    if (name === 'CudnnRNNBackpropV3') {
      const [int8] = binding.executeOp(
        'Cast',
        [
          { name: 'SrcT', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
          { name: 'DstT', type: binding.TF_ATTR_TYPE, value: 6 },
        ],
        [ids[inputs - 1]],
        1,
      );
      ids[inputs - 1] = int8.id;
    }
    try {
      binding.executeOp(name, attributes, ids, outputs);
      return '';
    } catch (error) {
      return (error as Error).message;
    } finally {
      for (const id of new Set(ids)) binding.deleteTensor(id);
    }
  }
  const noKernel = /No OpKernel was registered|Could not find device|no kernel/i;

  it("has the signature that TensorFlow's registry knows, attribute for attribute", () => {
    const backend = nativeBackend();
    const training = cudnnAttributes(backend, { mode: 'gru', training: true });
    const gradient = cudnnAttributes(backend, { mode: 'gru' });
    expect(answerTo('CudnnRNNV3', training, 5, 5)).toMatch(noKernel);
    expect(answerTo('CudnnRNNBackpropV3', gradient, 13, 4)).toMatch(noKernel);
    // The same check notices what is wrong:
    expect(answerTo('CudnnRNNV3', training, 4, 5)).not.toMatch(noKernel);
    expect(answerTo('CudnnRNNBackpropV3', gradient, 12, 4)).not.toMatch(noKernel);
    // Given none, TensorFlow tells which attributes the operation has.
    const registered = (name: string, inputs: number, outputs: number) =>
      [...answerTo(name, [], inputs, outputs).matchAll(/(\w+)=/g)].map(([, attribute]) => attribute).sort();
    const own = (attributes: readonly OpAttribute[]) => attributes.map(({ name }) => name).sort();
    expect(own(training)).toEqual(registered('CudnnRNNV3', 5, 5));
    expect(own(gradient)).toEqual(registered('CudnnRNNBackpropV3', 13, 4));
  });
});
