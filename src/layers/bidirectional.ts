import { reshape, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Bidirectional as Wrapper } from '@tensorflow/tfjs-layers/dist/layers/wrappers.js';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import type { MergeMode } from '../backends/fused-kernels.js';
import { mergeDirections } from './merge-directions.js';
import { registerClass } from './register-class.js';
import { singleTensor } from './single-tensor.js';
import { StockBidirectional } from './stock-classes.js';

/** What TF.js' declarations keep to themselves. */
interface Directions {
  forwardLayer: Wrapper['layer'] & { goBackwards: boolean };
  backwardLayer: Wrapper['layer'];
  mergeMode: MergeMode | null;
  returnSequences: boolean;
  returnState: boolean;
}

/**
 * TF.js' `Bidirectional` wrapper around any recurrent layer: one copy of the layer reads each row from its first token
 * to its last one, another from its last to its first (Schuster & Paliwal 1997). Class name, config, weights and saved
 * files are the stock ones. What differs: masked steps of the output are zero, as in Keras, and on a backend that has
 * the kernel the two outputs are turned round, masked and merged in one pass.
 *
 * Masked steps keep the state, so the backward direction starts at each row's own last token, and padding changes nothing.
 *
 * Input [batch, time, features], mask [batch, time]; output [batch, units], or [batch, time, units] with
 * `returnSequences`, twice as wide with `mergeMode: 'concat'` (the default; 'sum', 'ave' and 'mul' are the others).
 * With `returnState` the states of the forward direction follow, then those of the backward one. With
 * `mergeMode: null`, and so two outputs, the layer does what the stock one does.
 */
export class Bidirectional extends StockBidirectional {
  static readonly className = 'Bidirectional';

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs): Tensor | Tensor[] {
    const { forwardLayer, backwardLayer, mergeMode, returnSequences, returnState } =
      this as unknown as Directions;
    if (mergeMode === null) return super.call(inputs, kwargs);
    return tidy(() => {
      const states = kwargs?.initialState as Tensor[] | undefined;
      const half = (states?.length ?? 0) / 2;
      const run = (layer: Wrapper['layer'], initialState?: Tensor[]) => {
        const result = layer.call(singleTensor(inputs), { ...kwargs, initialState });
        return Array.isArray(result) ? result : [result];
      };
      const [forward, ...forwardStates] = run(forwardLayer, states?.slice(0, half));
      const [backward, ...backwardStates] = run(backwardLayer, states?.slice(half));
      const output = returnSequences
        ? mergeDirections(forward, backward, {
            mode: mergeMode,
            mask: kwargs?.mask as Tensor | undefined,
            maskReversed: forwardLayer.goBackwards,
          })
        : mergeLast(forward, backward, mergeMode);
      return returnState ? [output, ...forwardStates, ...backwardStates] : output;
    });
  }
}

/** Two outputs [batch, units] as one: sequences of a single step. */
function mergeLast(forward: Tensor, backward: Tensor, mode: MergeMode): Tensor {
  const step = (output: Tensor) => reshape(output, [output.shape[0], 1, output.shape[1]!]);
  const merged = mergeDirections(step(forward), step(backward), { mode });
  return reshape(merged, [merged.shape[0], merged.shape[2]]);
}

/** Makes TF.js build this class wherever a model names `Bidirectional`. */
export function registerBidirectional(): void {
  registerClass(Bidirectional);
}
