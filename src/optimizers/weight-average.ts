import {
  add,
  keep,
  mul,
  scalar,
  sub,
  type Tensor,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import type { NamedTensor } from '@tensorflow/tfjs-core/dist/tensor_types.js';
import { fusedKernels } from '../backends/fused-kernels.js';
import { changeInPlace } from './change-in-place.js';

/** A mean of the weights that a training goes through. */
export type AverageSettings =
  | {
      readonly name: 'exponential';
      /** Share of the mean that an update leaves. */
      readonly decay: number;
      /** Whether all weights of the first updates count by that share; else the first ones stay for long, as in Keras. */
      readonly biasCorrection: boolean;
    }
  | {
      readonly name: 'stochastic';
      /** Share of the training after which weights count. */
      readonly from: number;
      /** Whether those after each update count, or those at the end of each epoch. */
      readonly every: 'step' | 'epoch';
    };

/** Where an update stands in a training. */
export interface UpdatePlace {
  /** Updates before it. */
  readonly step: number;
  readonly totalSteps: number;
  readonly endsEpoch: boolean;
}

/** Averaged weights beside those that are learnt. The variables hold one or the other; nothing is copied to change that. */
export interface WeightAverage {
  /** Counts the weights as they are after an update; the variables must hold what is learnt. */
  note(place: UpdatePlace): void;
  /** Puts the averages into the variables, where there are some. */
  show(): void;
  /** Puts what is learnt back into the variables, if averages are shown. @returns whether they were */
  hide(): boolean;
  /** All that is remembered, beside what is learnt: new tensors, which the caller disposes of. */
  slots(): NamedTensor[];
  /** Takes back what `slots` gave; the tensors stay the caller's. The variables must hold what is learnt. */
  setSlots(slots: readonly NamedTensor[]): void;
  dispose(): void;
}

/** Name of the slot that says how many weights are in the averages, a scalar of int32. */
const countName = 'count';

/**
 * Averages of variables, all of float32. Exponential (Polyak & Juditsky 1992): average += (w - average) * r, where r is
 * 1 - decay, or with the correction of Adam's bias (1 - decay) / (1 - decay^n) for the n-th weights; the first weights are the
 * first average. Stochastic (Izmailov et al. 2018): the plain mean of the weights from a share of the training on.
 */
export function averageWeights(variables: readonly Variable[], settings: AverageSettings): WeightAverage {
  let count = 0;
  let averages: Variable[] = [];
  let learnt: Tensor[] = [];
  const hide = () => {
    learnt.forEach((values, i) => {
      variables[i].assign(values as Variable);
      values.dispose();
    });
    const wasShown = learnt.length > 0;
    learnt = [];
    return wasShown;
  };
  const forget = () => {
    for (const average of averages) average.dispose();
    averages = [];
  };
  return {
    note(place) {
      if (!counts(settings, place)) return;
      const share = shareOf(settings, count);
      count++;
      if (averages.length === 0) averages = variables.map((each) => variable(each, false));
      else for (const [i, average] of averages.entries()) moveTowards(average, variables[i], share);
    },
    show() {
      if (averages.length === 0 || learnt.length > 0) return;
      learnt = variables.map((each) => keep(each.clone()));
      averages.forEach((average, i) => {
        variables[i].assign(average);
      });
    },
    hide,
    slots() {
      const placed = averages.map((average, place) => ({ name: `${place}`, tensor: average.clone() }));
      return [{ name: countName, tensor: scalar(count, 'int32') }, ...placed];
    },
    setSlots([counted, ...placed]) {
      if (counted?.name !== countName || ![0, variables.length].includes(placed.length)) {
        throw new Error(`Averages of ${variables.length} weights are expected, ${placed.length} were given`);
      }
      forget();
      count = counted.tensor.dataSync()[0];
      averages = placed.map(({ tensor }) => variable(tensor, false));
    },
    dispose() {
      hide();
      forget();
    },
  };
}

function counts(settings: AverageSettings, { step, totalSteps, endsEpoch }: UpdatePlace): boolean {
  if (settings.name === 'exponential') return true;
  return step + 1 > settings.from * totalSteps && (settings.every === 'step' || endsEpoch);
}

/** How far the average of `count` weights moves to the next ones. */
function shareOf(settings: AverageSettings, count: number): number {
  if (settings.name === 'stochastic') return 1 / (count + 1);
  const { decay, biasCorrection } = settings;
  return biasCorrection ? (1 - decay) / (1 - decay ** (count + 1)) : 1 - decay;
}

function moveTowards(target: Variable, value: Variable, share: number): void {
  const attributes = { share };
  if (changeInPlace(fusedKernels.moveTowards, { changed: { target }, read: { value }, attributes })) return;
  tidy(() => {
    target.assign(add(target, mul(sub(value, target), share)) as Variable);
  });
}
