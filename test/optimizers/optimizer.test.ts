import * as tf from '@tensorflow/tfjs-core';
import type { NamedTensor } from '@tensorflow/tfjs-core/dist/tensor_types.js';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Optimizer, type Update } from '../../src/optimizers/optimizer.js';
import { ownVariants, useVariant } from '../backends/backend-variants.js';

/** Momentum, and a count of its updates: two slots whose values are easily told. */
class Momentum extends Optimizer<'velocity' | 'count'> {
  static readonly className = 'Momentum';
  protected readonly slotNames = ['velocity', 'count'] as const;
  readonly steps: number[] = [];

  protected override update({ parameter, gradient, slots, step }: Update<'velocity' | 'count'>): void {
    this.steps.push(step);
    tf.tidy(() => {
      slots.velocity.assign(tf.add(tf.mul(slots.velocity, 0.5), gradient) as tf.Variable);
      slots.count.assign(tf.add(slots.count, 1) as tf.Variable);
      parameter.assign(tf.sub(parameter, tf.mul(slots.velocity, this.learningRate)) as tf.Variable);
    });
  }

  override getConfig(): { learningRate: number } {
    return { learningRate: this.learningRate };
  }
}

const made: { dispose(): unknown }[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.dispose();
});

function momentum(learningRate = 1): Momentum {
  const optimizer = new Momentum(learningRate);
  made.push(optimizer);
  return optimizer;
}

function variable(...values: number[]): tf.Variable {
  const target = tf.tidy(() => tf.variable(tf.tensor1d(values)));
  made.push(target);
  return target;
}

function step(optimizer: Optimizer<'velocity' | 'count'>, ...moved: [tf.Variable, number[]][]): void {
  tf.tidy(() => {
    optimizer.applyGradients(Object.fromEntries(moved.map(([{ name }, by]) => [name, tf.tensor1d(by)])));
  });
}

/** Names and values of what `slots` gives, which is disposed. */
function valuesOf(slots: { name: string; tensor: tf.Tensor }[]): [string, number[]][] {
  const values = slots.map(({ name, tensor }): [string, number[]] => [name, [...tensor.dataSync()]]);
  tf.dispose(slots.map(({ tensor }) => tensor));
  return values;
}

describe.each(ownVariants)('an optimizer on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it('updates each variable with slots of its own, and numbers its steps from 1', () => {
    const [one, two] = [variable(1, 2), variable(3)];
    const optimizer = momentum();
    step(optimizer, [one, [1, 0]], [two, [2]]);
    step(optimizer, [one, [1, 1]]);
    expect([...one.dataSync()]).toEqual([-1.5, 1]);
    expect([...two.dataSync()]).toEqual([1]);
    expect(optimizer.steps).toEqual([1, 1, 2]);
    expect(optimizer.iterations).toBe(2);
  });

  it('goes by the learning rate that is set when a step begins', () => {
    const target = variable(0);
    const optimizer = momentum(0.5);
    step(optimizer, [target, [1]]);
    optimizer.learningRate = 0;
    step(optimizer, [target, [1]]);
    expect([...target.dataSync()]).toEqual([-0.5]);
  });

  it('names slots by the place of their variable, without those that were never moved', () => {
    const [one, idle, two] = [variable(1, 2), variable(0), variable(3)];
    const optimizer = momentum();
    expect(valuesOf(optimizer.slots([one, idle, two]))).toEqual([['iterations', [0]]]);
    // In another order than the list's.
    step(optimizer, [two, [2]], [one, [1, 0]]);
    expect(valuesOf(optimizer.slots([one, idle, two]))).toEqual([
      ['iterations', [1]],
      ['0/velocity', [1, 0]],
      ['0/count', [1, 1]],
      ['2/velocity', [2]],
      ['2/count', [1]],
    ]);
  });

  it('takes back what another one gave, for variables of other names', () => {
    const [first, second] = [momentum(), momentum()];
    const [one, other] = [variable(1, 2), variable(1, 2)];
    step(first, [one, [1, 0]]);
    step(second, [other, [7, 7]]);
    const slots = first.slots([one]);
    second.setSlots([other], slots);
    const values = valuesOf(slots);
    step(first, [one, [1, 1]]);
    expect(valuesOf(second.slots([other]))).toEqual(values);
    step(second, [other, [1, 1]]);
    expect(second.iterations).toBe(2);
    expect(valuesOf(second.slots([other]))).toEqual(valuesOf(first.slots([one])));
  });

  it('leaves the values that it gave as they were', () => {
    const target = variable(1);
    const optimizer = momentum();
    step(optimizer, [target, [1]]);
    const slots = optimizer.slots([target]);
    step(optimizer, [target, [5]]);
    expect(valuesOf(slots)).toEqual([
      ['iterations', [1]],
      ['0/velocity', [1]],
      ['0/count', [1]],
    ]);
  });

  it('refuses slots that it does not have, and stays as it was', () => {
    const target = variable(1);
    const optimizer = momentum();
    step(optimizer, [target, [1]]);
    const [iterations, velocity, count] = optimizer.slots([target]);
    const before = valuesOf(optimizer.slots([target]));
    const refused =
      (...slots: NamedTensor[]) =>
      () =>
        optimizer.setSlots([target], [iterations, ...slots]);
    expect(refused({ ...velocity, name: '0/m' })).toThrow('Momentum has no place for the slot "0/m"');
    expect(refused({ ...velocity, name: '1/velocity' })).toThrow(
      'Momentum has no place for the slot "1/velocity"',
    );
    expect(refused(velocity)).toThrow(`A slot of the variable "${target.name}" is missing`);
    expect(valuesOf(optimizer.slots([target]))).toEqual(before);
    tf.dispose([iterations, velocity, count].map(({ tensor }) => tensor));
  });

  it('frees its slots, and those that others take the place of', () => {
    const target = variable(1);
    const before = tf.memory().numTensors;
    const optimizer = new Momentum(1);
    step(optimizer, [target, [1]]);
    for (let turn = 0; turn < 3; turn++) {
      const slots = optimizer.slots([target]);
      optimizer.setSlots([target], slots);
      tf.dispose(slots.map(({ tensor }) => tensor));
      expect(tf.memory().numTensors).toBe(before + 2);
    }
    optimizer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
