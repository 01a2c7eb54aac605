import { cellTable } from '../../../../src/backends/wasm/registered/recurrent-cell.js';
import { placePlan, planSequences, type SequencePlan } from '../../../../src/backends/wasm/sequence-plan.js';
import type { CallMaker } from './call-maker.js';
import { casesOf } from './kernel-cases.js';

type Value = (place: number) => number;

const cells = Object.values(cellTable);

/** Usual numbers; with ties and zeros; those that drive activations to their bounds; with a few unusual ones. */
function valuesOf(tools: CallMaker): Value {
  const half: Value = (place) => tools.usual(place) / 2;
  return tools.pick<Value>([
    ...[half, half, half],
    () => tools.integer(-3, 3) / 2,
    (place) => 10 * tools.usual(place),
    (place) => (tools.chance(0.004) ? tools.unusual() : half(place)),
  ]);
}

/** Mostly small ones; in large rounds more rows, full panels, or deeper than a block. */
function sizesOf(tools: CallMaker) {
  const [batch, time] = [tools.integer(1, 9), tools.integer(1, 12)];
  const units = tools.chance(0.3) ? 8 * tools.integer(1, 5) : tools.integer(1, 40);
  const sizes = { batch, time, units, features: tools.integer(1, 40) };
  if (!tools.isLarge) return sizes;
  return {
    ...sizes,
    ...tools.pick([{ batch: 33, time: 20 }, { units: 128 }, { units: 270 }, { features: 300 }]),
  };
}

/** Where steps count: everywhere, or with holes, whole rows of nothing, or nothing at all. */
function maskOf(tools: CallMaker, { batch, time }: { batch: number; time: number }): Uint8Array | undefined {
  if (tools.chance(0.4)) return undefined;
  const shares = Array.from({ length: batch }, () => tools.pick([0, 0.7, 0.7, 0.7, 1]));
  return Uint8Array.from({ length: batch * time }, (_, i) =>
    Number(tools.chance(shares[Math.floor(i / time)])),
  );
}

/** A layer and its batch. */
function layerOf(tools: CallMaker) {
  const sizes = sizesOf(tools);
  const { batch, time, units } = sizes;
  // Every cell is in a large round at some time.
  const cell = cells[(tools.round + Math.floor(tools.round / 10)) % cells.length];
  const words = tools.integer(1, 12);
  const drawIds = () => Int32Array.from({ length: batch * time }, () => tools.integer(0, words - 1));
  const shape = {
    ...{ batch, time, mask: maskOf(tools, sizes), ids: tools.chance(0.5) ? drawIds() : undefined },
    ...{ goBackwards: tools.chance(0.5), threads: tools.threads },
  };
  const stride = (units + 7) & ~7;
  return { ...sizes, cell, words, shape, stride, columns: cell.gates * stride, value: valuesOf(tools) };
}

type Layer = ReturnType<typeof layerOf>;

const placed = (tools: CallMaker, plan: SequencePlan) =>
  tools.integersWith(plan.words.length, (address, words) => placePlan(plan, address, words));

/** Packed rows; the columns behind `units` are zero, as kernels leave them. */
function packed(
  tools: CallMaker,
  rows: number,
  { stride, units }: Layer,
  parts: number,
  value: Value,
): number {
  return tools.floats(rows * parts * stride, (i) => (i % stride < units ? value(i) : 0));
}

/** Drawn for each unit at each step, a rate for all of them, or none. */
function zoneoutOf(tools: CallMaker, { batch, time, units }: Layer) {
  if (tools.chance(1 / 3)) {
    return { shares: tools.floats(batch * time * units, () => Number(tools.chance(0.3))), rate: 0.3 };
  }
  return { shares: 0, rate: tools.chance(0.5) ? 0.15 : 0 };
}

/** Rows of x; equal ids have equal ones, as the plan counts on. */
function inputOf(tools: CallMaker, { batch, time, features, words, shape: { ids }, value }: Layer): number {
  if (!ids) return tools.floats(batch * time * features, value);
  const table = Array.from({ length: words * features }, (_, i) => value(i));
  return tools.floats(
    ids.length * features,
    (i) => table[ids[Math.floor(i / features)] * features + (i % features)],
  );
}

function commonOperands(tools: CallMaker, layer: Layer, plan: SequencePlan) {
  const { batch, time, units, features, cell, value } = layer;
  const zoneout = zoneoutOf(tools, layer);
  const cellZoneout = cell.hasCellState ? zoneoutOf(tools, layer) : { shares: 0, rate: 0 };
  return {
    plans: placed(tools, plan),
    x: inputOf(tools, layer),
    recurrentKernel: tools.floats(units * cell.gates * units, (i) => (2 / Math.sqrt(units)) * value(i)),
    initialState: tools.floatsIf(tools.chance(0.5), batch * units, value),
    initialCell: tools.floatsIf(cell.hasCellState && tools.chance(0.5), batch * units, value),
    recurrentMask: tools.floatsIf(tools.chance(0.4), batch * units, () => (tools.chance(0.3) ? 0 : 1 / 0.7)),
    ...{ zoneout: zoneout.shares, zoneoutRate: zoneout.rate },
    ...{ cellZoneout: cellZoneout.shares, cellZoneoutRate: cellZoneout.rate },
    ...{ cell: cell.number, features, units, time },
  };
}

/** What of a step beyond its state is kept; with zoneout it is more. */
function keeps({ cell }: Layer, { zoneout, zoneoutRate }: { zoneout: number; zoneoutRate: number }) {
  return { gates: cell.keepsGates || zoneout !== 0 || zoneoutRate > 0, rows: cell.keepsGates };
}

const spaceIf = (tools: CallMaker, condition: unknown, count: number) => (condition ? tools.space(count) : 0);

export const recurrentCases = [
  casesOf(
    'recurrentForward',
    (tools) => {
      const layer = layerOf(tools);
      const { batch, time, units, features, cell, stride, columns, value, words, shape } = layer;
      const forGradient = tools.chance(0.5);
      const draw = () => Uint8Array.from({ length: words }, () => Number(tools.chance(0.4)));
      const known = !forGradient && shape.ids && tools.chance(0.6) ? draw() : undefined;
      const plan = planSequences({ ...shape, known });
      const common = commonOperands(tools, layer, plan);
      const kept = keeps(layer, common);
      const needsGates = (forGradient && kept.gates) || cell.number === cellTable.gruResetBefore.number;
      const { maximumRows, maximumInputs } = plan;
      return {
        ...common,
        kernel: tools.floats(features * cell.gates * units, value),
        bias: tools.floatsIf(tools.chance(0.7), cell.biasRows * cell.gates * units, value),
        states: tools.space(plan.tokens * stride),
        gates: spaceIf(tools, needsGates, plan.tokens * columns),
        kept: spaceIf(tools, forGradient && kept.rows, plan.tokens * stride),
        output: spaceIf(tools, tools.chance(0.6), batch * time * units),
        finalState: tools.space(batch * units),
        finalCell: spaceIf(tools, cell.hasCellState, batch * units),
        table: known ? packed(tools, words, layer, cell.gates, value) : 0,
        ...tools.scratch('recurrentScratchBytes', cell.number, features, units, maximumRows, maximumInputs),
      };
    },
    100,
  ),
  casesOf(
    'recurrentBackward',
    (tools) => {
      const layer = layerOf(tools);
      const { batch, time, units, features, cell, stride, columns, value, shape } = layer;
      const plan = planSequences(shape);
      const common = commonOperands(tools, layer, plan);
      const kept = keeps(layer, common);
      const row = plan.tokens * stride;
      const rows = (parts: number, draw: Value) => packed(tools, plan.tokens, layer, parts, draw);
      return {
        ...common,
        states: rows(1, (i) => (tools.chance(0.2) ? 0 : tools.usual(i) / 2)),
        gates: kept.gates
          ? rows(cell.gates, () => (tools.chance(0.1) ? tools.integer(0, 1) : tools.next()))
          : 0,
        kept: kept.rows ? rows(1, value) : 0,
        inputGates: tools.space(plan.tokens * columns),
        candidateGates: spaceIf(tools, cell.number === cellTable.gruResetAfter.number, row),
        entering: spaceIf(tools, common.recurrentMask, row),
        stateGradients: tools.space(row),
        outputGradient: tools.floatsIf(tools.chance(0.6), batch * time * units, value),
        finalGradient: tools.floatsIf(tools.chance(0.6), batch * units, value),
        finalCellGradient: tools.floatsIf(cell.hasCellState && tools.chance(0.5), batch * units, value),
        inputSums: spaceIf(tools, shape.ids, plan.inputPositions.length * columns),
        initialGradient: spaceIf(tools, common.initialState && tools.chance(0.7), batch * units),
        initialCellGradient: spaceIf(tools, common.initialCell && tools.chance(0.7), batch * units),
        shares: tools.space(tools.threads * (features + stride + cell.biasRows) * columns),
        ...tools.scratch('recurrentGradientScratchBytes', cell.number, units, plan.maximumRows),
      };
    },
    100,
  ),
  casesOf(
    'inputGradient',
    (tools) => {
      const layer = layerOf(tools);
      const { batch, time, units, features, cell, value, shape } = layer;
      const { gates } = cell;
      const plan = planSequences(shape);
      // Sums of the tokens that have the same row of x, or each token's own gradient.
      const isSum = shape.ids !== undefined && tools.chance(0.5);
      const rows = isSum ? plan.inputPositions.length : plan.tokens;
      return {
        plans: placed(tools, plan),
        kernel: tools.floats(features * gates * units, value),
        gateGradients: packed(tools, rows, layer, gates, value),
        packed: tools.space(rows * features),
        gradient: spaceIf(tools, !isSum, batch * time * features),
        ...{ gates, features, units, time },
        ...tools.scratch('inputGradientScratchBytes', gates, features, units),
      };
    },
    50,
  ),
];
