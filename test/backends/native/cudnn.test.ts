import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NativeBackend, OpAttribute } from '../../../src/backends/native/native-backend.js';
import { cudnnAttributes } from '../../../src/backends/native/registered/cudnn-attributes.js';
import { useBackend } from '../../../src/backends/use-backend.js';
import { registerLayers } from '../../../src/layers/register.js';
import { expectValues } from '../../layers/expect-values.js';
import {
  type RecurrentShape,
  type RecurrentValues,
  recurrentCase,
  recurrentGradients,
  recurrentResults,
  rightPadding,
} from '../../layers/recurrent-case.js';
import { referenceResults } from '../../layers/reference-recurrent.js';
import { nativeIsInstalled } from '../backend-variants.js';
import { emulateCudnn } from './emulated-cudnn.js';

registerLayers();

const shape = { batch: 4, time: 5, features: 3, units: 4 };
const mask = rightPadding([5, 2, 4, 1], 5);
const forms: Record<string, Partial<RecurrentShape>> = {
  'the last state': {},
  'all states of padded rows': { mask, returnSequences: true },
  'states to begin and to end with': {
    mask,
    withInitialState: true,
    returnSequences: true,
    returnState: true,
  },
  backwards: { goBackwards: true, returnSequences: true },
  'padded rows backwards': { goBackwards: true, mask, withInitialState: true, returnSequences: true },
  'the last state backwards, no bias': { goBackwards: true, mask, useBias: false },
};
const cudnnCells = ['gruResetAfter', 'lstm', 'simpleTanh', 'simpleRelu'] as const;

describe.skipIf(!nativeIsInstalled)("cuDNN's layers (skipped: imdb-rnn native install was not run)", () => {
  const native = () => tf.backend() as unknown as NativeBackend;
  beforeAll(async () => {
    await useBackend('tensorflow');
  });

  describe.each(cudnnCells)('%s, emulated', (cell) => {
    it.each(Object.entries(forms))(
      "give what Keras' formulas give, with one operation each way: %s",
      (_, form) => {
        const one = recurrentCase({ ...shape, ...form, cell });
        const expected = recurrentGradients(one);
        const calls = emulateCudnn();
        recurrentResults(one).forEach((result, i) => {
          expectValues(result, referenceResults(one)[i], 2e-6);
        });
        const gradients = recurrentGradients(one);
        expect(Object.keys(gradients)).toEqual(Object.keys(expected));
        for (const name of Object.keys(expected) as (keyof RecurrentValues)[]) {
          expectValues(gradients[name], expected[name], 1e-5);
        }
        expect(calls).toEqual(['CudnnRNNV3', 'CudnnRNNV3', 'CudnnRNNBackpropV3']);
      },
    );
  });

  it.each<[string, Partial<RecurrentShape>]>([
    ['the reset gate before the product', { cell: 'gruResetBefore' }],
    ['padding on the left', { mask: [0, 1, 1, 1, 1, ...new Array(15).fill(1)] }],
    ['a row without a token', { mask: rightPadding([5, 0, 4, 1], 5) }],
    ['recurrent dropout', { recurrentDropout: 0.5 }],
  ])('are left to the steps where cuDNN cannot: %s', (_, form) => {
    const one = recurrentCase({ ...shape, cell: 'gruResetAfter', ...form });
    const expected = recurrentGradients(one);
    const calls = emulateCudnn();
    expectValues(recurrentResults(one)[0], referenceResults(one)[0], 2e-6);
    const gradients = recurrentGradients(one);
    for (const name of Object.keys(expected) as (keyof RecurrentValues)[])
      expectValues(gradients[name], expected[name], 1e-5);
    expect(calls).toEqual([]);
  });

  it('leave no tensor of TensorFlow behind', () => {
    emulateCudnn();
    const one = recurrentCase({ ...shape, cell: 'lstm', mask, returnSequences: true });
    const counts = () => {
      recurrentGradients(one);
      return [tf.memory().numTensors, native().binding.getNumOfTensors()];
    };
    expect(counts()).toEqual(counts());
  });

  /** What TensorFlow says to an operation; without a GPU the right one has no kernel, and nothing else is wrong. */
  function answerTo(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: number,
    outputs: number,
  ): string {
    const { binding } = native();
    const floats = (size: number[]) =>
      binding.createTensor(size, binding.TF_FLOAT, new Float32Array(size.reduce((a, b) => a * b, 1)));
    const ids = Array.from({ length: inputs }, (_, i) =>
      i === 4
        ? binding.createTensor([2], binding.TF_INT32, Int32Array.of(1, 1))
        : floats(i < 2 ? [1, 2, 3] : []),
    );
    if (name === 'CudnnRNNBackpropV3') {
      const types = { SrcT: binding.TF_FLOAT, DstT: 6 };
      const cast = Object.entries(types).map(([type, value]) => ({
        name: type,
        type: binding.TF_ATTR_TYPE,
        value,
      }));
      ids.push(binding.executeOp('Cast', cast, [ids[inputs - 1]], 1)[0].id);
    }
    const used = name === 'CudnnRNNBackpropV3' ? [...ids.slice(0, inputs - 1), ids[inputs]] : ids;
    try {
      binding.executeOp(name, attributes, used, outputs);
      return '';
    } catch (error) {
      return (error as Error).message;
    } finally {
      for (const id of ids) binding.deleteTensor(id);
    }
  }
  const noKernel = /No OpKernel was registered|Could not find device/;

  it("have the signature that TensorFlow's registry knows: number and types of inputs, all attributes", () => {
    const training = cudnnAttributes(native(), { mode: 'gru', training: true });
    const gradient = cudnnAttributes(native(), { mode: 'gru' });
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
