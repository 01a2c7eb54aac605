import {
  engine,
  fill,
  type NamedTensorMap,
  scalar,
  type Tensor,
  Optimizer as TensorFlowOptimizer,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import type { NamedTensor } from '@tensorflow/tfjs-core/dist/tensor_types.js';

/** What one update of one variable works with. */
export interface Update<Slot extends string = string> {
  readonly parameter: Variable;
  /** Of the parameter's shape. */
  readonly gradient: Tensor;
  /** What the optimizer remembers of the parameter, of its shape; zeros before the first update unless it says otherwise. */
  readonly slots: Record<Slot, Variable>;
  /** Number of the step, from 1. */
  readonly step: number;
}

/**
 * What moves weights against their gradients. A subclass names its slots, the numbers that it remembers for each weight, and
 * does one update; they are made, kept by variable, stored and freed here.
 *
 * Usable wherever TF.js takes an optimizer: `model.compile({ optimizer, ... })`.
 */
export abstract class Optimizer<Slot extends string = string> extends TensorFlowOptimizer {
  /** May be set before any step; the next one goes by it. */
  learningRate: number;
  /** In the order in which they are stored; their names are part of the format of checkpoints. */
  protected abstract readonly slotNames: readonly Slot[];
  private readonly slotsByVariable = new Map<string, Record<Slot, Variable>>();

  constructor(learningRate: number) {
    super();
    this.learningRate = learningRate;
  }

  /** Changes the parameter and its slots in place. */
  protected abstract update(update: Update<Slot>): void;

  /**
   * One step.
   *
   * @param gradients by variable name, or as a list of {name, tensor}
   * @throws Error when there is no variable of a gradient's name
   */
  override applyGradients(gradients: NamedTensorMap | NamedTensor[]): void {
    const named = Array.isArray(gradients)
      ? gradients.map(({ name, tensor }) => [name, tensor] as const)
      : Object.entries(gradients);
    this.incrementIterations();
    for (const [name, gradient] of named) {
      const parameter = engine().registeredVariables[name];
      if (!parameter) throw new Error(`There is a gradient for "${name}", but no variable of that name`);
      this.update({ parameter, gradient, slots: this.slotsOf(parameter), step: this.iterations });
    }
  }

  /**
   * All that the optimizer remembers of these variables: the number of steps as `iterations`, then each slot as `<place of its
   * variable in the list>/<slot>`, such as `0/m`. Names of variables would not do: TF.js numbers them through the process.
   *
   * @returns new tensors on the same values; the caller disposes them
   */
  slots(variables: readonly Variable[]): NamedTensor[] {
    const placed = variables.flatMap(({ name }, place) => this.namedSlots(name, `${place}`));
    return [this.namedIterations(), ...placed.map(({ name, tensor }) => ({ name, tensor: tensor.clone() }))];
  }

  /**
   * Takes back what `slots` gave, for as many variables in the same order; the values are copied.
   *
   * @throws Error when a slot is none of this optimizer's or of no variable, or one is missing; nothing has changed then
   */
  setSlots(variables: readonly Variable[], slots: readonly NamedTensor[]): void {
    this.restore(slots, (place) => variables[Number(place)]?.name);
  }

  /** The same values with the variables' names, in the order of their first update: TF.js' form. */
  override async getWeights(): Promise<NamedTensor[]> {
    const names = [...this.slotsByVariable.keys()];
    return [this.namedIterations(), ...names.flatMap((name) => this.namedSlots(name, name))];
  }

  /** Takes back what `getWeights` gave; the values are copied. */
  override async setWeights(weights: NamedTensor[]): Promise<void> {
    this.restore(weights, (name) => name);
  }

  override dispose(): void {
    this.disposeSlots();
    super.dispose();
  }

  private namedIterations(): NamedTensor {
    return { name: 'iterations', tensor: scalar(this.iterations, 'int32') };
  }

  /** None for a variable that was never updated. */
  private namedSlots(variableName: string, prefix: string): NamedTensor[] {
    const slots = this.slotsByVariable.get(variableName);
    return slots ? this.slotNames.map((slot) => ({ name: `${prefix}/${slot}`, tensor: slots[slot] })) : [];
  }

  private restore(
    [iterations, ...slots]: readonly NamedTensor[],
    variableNamed: (prefix: string) => string | undefined,
  ): void {
    const values = new Map<string, Map<string, Tensor>>();
    for (const { name, tensor } of slots) {
      const end = name.lastIndexOf('/');
      const slot = name.slice(end + 1);
      const variableName = variableNamed(name.slice(0, end));
      if (!variableName || !this.slotNames.some((each) => each === slot)) {
        throw new Error(`${this.getClassName()} has no place for the slot "${name}"`);
      }
      values.set(variableName, (values.get(variableName) ?? new Map()).set(slot, tensor));
    }
    for (const [name, { size }] of values) {
      if (size !== this.slotNames.length) throw new Error(`A slot of the variable "${name}" is missing`);
    }
    this.iterations_ = iterations.tensor.dataSync()[0];
    this.disposeSlots();
    for (const [name, tensors] of values) {
      this.slotsByVariable.set(
        name,
        this.makeSlots((slot) => tensors.get(slot)!),
      );
    }
  }

  /** What a slot holds before the first update; 0 unless a subclass says otherwise. */
  protected initialValue(): number {
    return 0;
  }

  private slotsOf(parameter: Variable): Record<Slot, Variable> {
    let slots = this.slotsByVariable.get(parameter.name);
    if (!slots) {
      slots = tidy(() => this.makeSlots(() => fill(parameter.shape, this.initialValue())));
      this.slotsByVariable.set(parameter.name, slots);
    }
    return slots;
  }

  private makeSlots(initial: (slot: Slot) => Tensor): Record<Slot, Variable> {
    const made = this.slotNames.map((slot) => [slot, variable(initial(slot), false)]);
    return Object.fromEntries(made) as Record<Slot, Variable>;
  }

  private disposeSlots(): void {
    for (const slots of this.slotsByVariable.values()) {
      for (const slot of this.slotNames) slots[slot].dispose();
    }
    this.slotsByVariable.clear();
  }
}
