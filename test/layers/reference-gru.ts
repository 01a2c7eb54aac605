import type { GruCase, GruValues } from './gru-case.js';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * A GRU in float64, one number after the other, straight from the formulas:
 *   z = sigmoid(x Wz + h Uz + b), r = sigmoid(x Wr + h Ur + b), h' = z h + (1 - z) c
 *   reset after:  c = tanh(x Wh + bh + r (h Uh + ch))      reset before: c = tanh(x Wh + (r h) Uh + bh)
 * A masked step keeps the state and repeats it as the output.
 *
 * @param values in the place of the case's own
 * @returns [batch, units], or [batch, time, units] with `returnSequences`, backwards in the order of reading
 */
export function referenceGru(
  { shape, values: own }: GruCase,
  values: Partial<Record<keyof GruValues, ArrayLike<number>>> = {},
): Float64Array {
  const { batch, time, features, units, resetAfter, goBackwards, returnSequences, mask } = shape;
  const { x, kernel, recurrentKernel, bias, initialState } = { ...own, ...values };
  const columns = 3 * units;
  const output = new Float64Array(batch * (returnSequences ? time : 1) * units);
  for (let row = 0; row < batch; row++) {
    let h: Float64Array = Float64Array.from(
      { length: units },
      (_, unit) => initialState?.[row * units + unit] ?? 0,
    );
    for (let step = 0; step < time; step++) {
      const position = row * time + (goBackwards ? time - 1 - step : step);
      if (mask?.[position] !== 0) h = stepFrom(h, position);
      output.set(h, (returnSequences ? row * time + step : row) * units);
    }
  }
  return output;

  function stepFrom(h: Float64Array, position: number): Float64Array {
    /** Column of x W + b, and of v U + the second bias. */
    const fromInput = (column: number) => {
      let sum = bias?.[column] ?? 0;
      for (let i = 0; i < features; i++) sum += x[position * features + i] * kernel[i * columns + column];
      return sum;
    };
    const fromState = (v: Float64Array, column: number) => {
      let sum = resetAfter ? (bias?.[columns + column] ?? 0) : 0;
      for (let i = 0; i < units; i++) sum += v[i] * recurrentKernel[i * columns + column];
      return sum;
    };
    const gate = (first: number) =>
      h.map((_, unit) => sigmoid(fromInput(first + unit) + fromState(h, first + unit)));
    const [z, r] = [gate(0), gate(units)];
    const reset = h.map((value, unit) => r[unit] * value);
    return h.map((value, unit) => {
      const column = 2 * units + unit;
      const recurrent = resetAfter ? r[unit] * fromState(h, column) : fromState(reset, column);
      return z[unit] * value + (1 - z[unit]) * Math.tanh(fromInput(column) + recurrent);
    });
  }
}

/** sum(output x cotangent) in float64. */
export function referenceLoss(
  gru: GruCase,
  values?: Partial<Record<keyof GruValues, ArrayLike<number>>>,
): number {
  return referenceGru(gru, values).reduce((sum, value, i) => sum + value * gru.cotangent[i], 0);
}

/** How the loss changes when one of the values moves along `direction`: a central difference, good to about 1e-9. */
export function slopeAlong(gru: GruCase, name: keyof GruValues, direction: ArrayLike<number>): number {
  const h = 1e-5;
  const moved = (by: number) => Float64Array.from(gru.values[name]!, (value, i) => value + by * direction[i]);
  return (referenceLoss(gru, { [name]: moved(h) }) - referenceLoss(gru, { [name]: moved(-h) })) / (2 * h);
}
