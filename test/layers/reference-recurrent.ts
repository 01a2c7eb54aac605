import { cells, masksOf, type RecurrentCase, type RecurrentValues } from './recurrent-case.js';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

type Row = Float64Array<ArrayBuffer>;

/** A state, and an LSTM's cell state. */
interface State {
  h: Row;
  c: Row;
}

type ValueName = keyof RecurrentValues;

/**
 * A recurrent layer in float64, one number after the other, straight from the formulas:
 *   GRU: z = sigmoid(x Wz + v Uz + b), r = sigmoid(x Wr + v Ur + b), h' = z h + (1 - z) c
 *        reset after:  c = tanh(x Wh + bh + r (v Uh + ch))      reset before: c = tanh(x Wh + (r v) Uh + bh)
 *   LSTM: i, f, o = sigmoid(...), g = tanh(...) of x W + v U + b; c' = f c + i g, h' = o tanh(c')
 *   simple: h' = tanh or relu of x W + v U + b
 * v is h times the mask of the recurrent dropout, x is multiplied by that of the dropout, U by that of the weight dropout. Zoneout puts k h + (1 - k) h'
 * and k c + (1 - k) c' in the place of h' and c'. A masked step keeps the state and repeats it as the output.
 *
 * @param options `values` in the place of the case's own; `slopes`: the slope, 0 or 1, of each relu in turn, filled in when
 *   empty: with those of a point nearby a relu stays the linear function that it is around that point
 * @returns the output [batch, units], or [batch, time, units] with `returnSequences`, backwards in the order of reading;
 *   then the states with `returnState`
 */
export function referenceResults(
  { shape, values: own }: RecurrentCase,
  options: { values?: Partial<Record<ValueName, ArrayLike<number>>>; slopes?: number[] } = {},
): Float64Array[] {
  const { cell, batch, time, features, units, goBackwards, returnSequences, returnState, mask } = shape;
  const { x, kernel, recurrentKernel, bias, initialState, initialCell } = { ...own, ...options.values };
  const { slopes = [] } = options;
  const masks = masksOf(shape);
  const known = slopes.length > 0;
  let relus = 0;
  const columns = cells[cell].gates * units;
  const output = new Float64Array(batch * (returnSequences ? time : 1) * units);
  const [finalState, finalCell] = [new Float64Array(batch * units), new Float64Array(batch * units)];
  const rowOf = (values: ArrayLike<number> | undefined, row: number): Row =>
    Float64Array.from({ length: units }, (_, unit) => values?.[row * units + unit] ?? 0);
  for (let row = 0; row < batch; row++) {
    let state: State = { h: rowOf(initialState, row), c: rowOf(initialCell, row) };
    for (let step = 0; step < time; step++) {
      const at = goBackwards ? time - 1 - step : step;
      if (mask?.[row * time + at] !== 0) state = keepShares(state, stepFrom(state, row, at), row * time + at);
      output.set(state.h, (returnSequences ? row * time + step : row) * units);
    }
    finalState.set(state.h, row * units);
    finalCell.set(state.c, row * units);
  }
  return returnState ? [output, finalState, finalCell].slice(0, 1 + cells[cell].states) : [output];

  /** What zoneout keeps of a state before a step. */
  function keepShares(before: State, after: State, position: number): State {
    const mix = (from: Row, to: Row, shares?: Float32Array) =>
      to.map((value, unit) => {
        const share = shares?.[position * units + unit] ?? 0;
        return share * from[unit] + (1 - share) * value;
      });
    return {
      h: mix(before.h, after.h, masks.zoneout),
      c: mix(before.c, after.c, masks.cellZoneout),
    };
  }

  function stepFrom({ h, c }: State, row: number, at: number): State {
    const enters = h.map((value, unit) => value * (masks.recurrent?.[row * units + unit] ?? 1));
    /** Column of x W + b, and of v U + the second bias. */
    const fromInput = (column: number) => {
      let sum = bias?.[column] ?? 0;
      for (let i = 0; i < features; i++) {
        const value = x[(row * time + at) * features + i] * (masks.input?.[row * features + i] ?? 1);
        sum += value * kernel[i * columns + column];
      }
      return sum;
    };
    const fromState = (v: Row, column: number) => {
      let sum = cell === 'gruResetAfter' ? (bias?.[columns + column] ?? 0) : 0;
      for (let i = 0; i < units; i++) {
        const place = i * columns + column;
        sum += v[i] * recurrentKernel[place] * (masks.weights?.[place] ?? 1);
      }
      return sum;
    };
    /** The sums of a gate, the first of which is number 0. */
    const sums = (gate: number) =>
      h.map((_, unit) => fromInput(gate * units + unit) + fromState(enters, gate * units + unit));
    if (cell === 'simpleTanh') return { h: sums(0).map(Math.tanh), c };
    if (cell === 'simpleRelu') return { h: sums(0).map(relu), c };
    if (cell === 'lstm') {
      const [i, f, g, o] = [
        sums(0).map(sigmoid),
        sums(1).map(sigmoid),
        sums(2).map(Math.tanh),
        sums(3).map(sigmoid),
      ];
      const next = c.map((value, unit) => f[unit] * value + i[unit] * g[unit]);
      return { h: next.map((value, unit) => o[unit] * Math.tanh(value)), c: next };
    }
    const [z, r] = [sums(0).map(sigmoid), sums(1).map(sigmoid)];
    const reset = enters.map((value, unit) => r[unit] * value);
    const next = h.map((value, unit) => {
      const column = 2 * units + unit;
      const recurrent =
        cell === 'gruResetAfter' ? r[unit] * fromState(enters, column) : fromState(reset, column);
      return z[unit] * value + (1 - z[unit]) * Math.tanh(fromInput(column) + recurrent);
    });
    return { h: next, c };
  }

  function relu(sum: number): number {
    if (!known) slopes.push(sum > 0 ? 1 : 0);
    return slopes[relus++] * sum;
  }
}

/** How the loss changes when one of the values moves along `direction`: a central difference, good to about 1e-9. */
export function slopeAlong(one: RecurrentCase, name: ValueName, direction: ArrayLike<number>): number {
  const h = 1e-5;
  const slopes: number[] = [];
  referenceResults(one, { slopes });
  const lossAt = (by: number) => {
    const moved = Float64Array.from(one.values[name]!, (value, i) => value + by * direction[i]);
    const results = referenceResults(one, { values: { [name]: moved }, slopes });
    return results.reduce(
      (sum, result, i) => result.reduce((part, value, j) => part + value * one.cotangents[i][j], sum),
      0,
    );
  };
  return (lossAt(h) - lossAt(-h)) / (2 * h);
}
