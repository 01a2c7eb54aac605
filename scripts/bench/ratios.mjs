// The figures that decide: our times against the rivals', and against the targets.
import { peakWith } from './measure-peak.mjs';
import { fastest } from './merge-rounds.mjs';
import { rivals } from './pythons.mjs';
import { judged, notMeasured, spread } from './verdict.mjs';

/**
 * @typedef {import('./merge-rounds.mjs').Result} Result
 * @typedef {import('./verdict.mjs').Ratio} Ratio
 */

const fusedAdam = / fused Adam$/;
/** Probabilities differ by less where padding is masked, and by much more where it is read. */
export const roundingError = 1e-4;
/** Those that train, too: the faster of them is what the targets are about. */
const trained = /** @type {const} */ (['keras', 'torch']);
const builds = { compiled: 'native kernels', relaxed: 'relaxed SIMD', simd: 'plain SIMD' };

/**
 * @param {Readonly<Record<string, Result | undefined>>} results by the contender's key (contenders.mjs)
 * @param {object} [about] the model
 * @param {import('./works.mjs').Targets} [about.targets] of the native kernels
 * @param {number} [about.gflop] billions of operations of a training step
 * @param {import('./measure-peak.mjs').Peak} [about.peak] the machine's
 * @returns {Ratio[]}
 */
export function ratios(results, { targets, gflop, peak } = {}) {
  const compiled = /** @type {const} */ ({ key: 'compiled' });
  const goals = targets ?? { train: 0.6, predict: 0.8 };
  const onnx = /** @type {const} */ ({ kind: 'predict', rivals: ['onnx'] });
  const native = [
    againstRivals(results, { ...compiled, kind: 'train', target: goals.train }),
    againstRivals(results, { ...compiled, kind: 'train', target: goals.train, masked: true }),
    againstRivals(results, { ...compiled, kind: 'predict', target: goals.predict }),
    againstRivals(results, { ...compiled, kind: 'predict', target: goals.predict, masked: true }),
    againstRivals(results, { ...compiled, ...onnx, target: goals.onnx ?? 1 }),
    speedUp(results, { ...compiled, target: 1.85 }),
    outside(results, { ...compiled, target: 0.1 }),
  ];
  return [
    ...(results.compiled ? native : []),
    againstRivals(results, { key: 'relaxed', kind: 'train', target: 0.6 }),
    againstRivals(results, { key: 'relaxed', kind: 'train', target: 0.6, defaultAdam: true }),
    againstRivals(results, { key: 'relaxed', kind: 'train', target: 0.6, masked: true }),
    againstRivals(results, { key: 'simd', kind: 'train', target: 0.8 }),
    againstRivals(results, { key: 'simd', kind: 'train', target: 0.8, defaultAdam: true }),
    againstRivals(results, { key: 'relaxed', kind: 'predict', target: 0.8 }),
    againstRivals(results, { key: 'relaxed', kind: 'predict', target: 0.8, masked: true }),
    againstRivals(results, { key: 'relaxed', ...onnx, target: 1 }),
    againstRivals(results, { key: 'simd', kind: 'predict', target: 0.8 }),
    speedUp(results, { key: 'relaxed', target: 1.7 }),
    speedUp(results, { key: 'simd', target: 1.7 }),
    outside(results, { key: 'relaxed', target: 0.1 }),
    outside(results, { key: 'simd', target: 0.1 }),
    shareOfPeak(results, { gflop, peak, target: 0.65 }),
  ];
}

/**
 * Our time over that of the faster rival, in its fastest variant, or over that of the one that is named.
 *
 * @param {Readonly<Record<string, Result | undefined>>} results
 * @param {object} options
 * @param {keyof typeof builds} options.key
 * @param {'train' | 'predict'} options.kind
 * @param {number} options.target
 * @param {readonly (keyof typeof rivals)[]} [options.rivals] those compared with; default: all that train, too
 * @param {boolean} [options.defaultAdam] leave out PyTorch's variants with its fused Adam, which is not what its users get
 *   unasked
 * @param {boolean} [options.masked] leave out variants whose answers depend on padding, as ours do not
 * @returns {Ratio}
 */
function againstRivals(results, options) {
  const { key, kind, target, rivals: compared = trained, defaultAdam = false, masked = false } = options;
  const restriction = `${defaultAdam ? ', default Adam' : ''}${masked ? ', padding masked' : ''}`;
  const whom = compared.length === 1 ? rivals[compared[0]].title : 'faster rival';
  const name = `${kind}: ${builds[key]} / ${whom}${restriction}`;
  const theirs = compared.flatMap((rival) =>
    Object.values(results[rival]?.[kind]?.variants ?? {})
      .filter(({ variant }) => !(defaultAdam && fusedAdam.test(variant)))
      .filter(({ paddingChange = 0 }) => !(masked && paddingChange > roundingError))
      .map((measured) => ({ ...measured, rival: rivals[rival].title })),
  );
  const ours = results[key]?.[kind];
  const missing = [
    ...(ours ? [] : ['ours']),
    ...compared.filter((rival) => !results[rival]).map((rival) => rivals[rival].title),
  ].map((who) => `${who} not measured`);
  if (!ours || theirs.length === 0)
    return notMeasured(name, { target, bound: 'at most' }, missing.join(', '));
  const rival = fastest(theirs);
  const against = `${ours.ms.toFixed(1)} ms against ${rival.ms.toFixed(1)} ms of ${rival.rival} (${rival.variant})`;
  const detail = [against, ...missing].join('; ');
  return judged(name, {
    value: ours.ms / rival.ms,
    target,
    bound: 'at most',
    detail,
    ours: ours.ms,
    rival: { name: rival.rival, variant: rival.variant, ms: rival.ms },
    ...spread(ours, rival),
  });
}

/**
 * @param {Readonly<Record<string, Result | undefined>>} results
 * @param {{ key: keyof typeof builds, target: number }} options
 * @returns {Ratio} how many times faster a training step is with all threads than with one
 */
function speedUp(results, { key, target }) {
  const [all, one] = [results[key]?.train, results[`${key}-1`]?.train];
  const threads = results[key]?.threads;
  const name = `train: ${builds[key]}, ${threads ? countOfThreads(threads) : 'all threads'} against 1`;
  if (!all || !one) return notMeasured(name, { target, bound: 'at least' }, 'not both measured');
  const detail = `${one.ms.toFixed(1)} ms against ${all.ms.toFixed(1)} ms`;
  const value = one.ms / all.ms;
  return judged(name, { value, target, bound: 'at least', detail, ...spread(one, all) });
}

/**
 * @param {Readonly<Record<string, Result | undefined>>} results
 * @param {{ key: keyof typeof builds, target: number }} options
 * @returns {Ratio}
 */
function outside(results, { key, target }) {
  const name = `train: ${builds[key]}, share outside our kernels`;
  const result = results[key];
  if (result?.outsideKernels === undefined || !result.train)
    return notMeasured(name, { target, bound: 'at most' }, 'not measured');
  const detail = `of ${result.train.ms.toFixed(1)} ms with ${countOfThreads(result.threads)}`;
  return judged(name, { value: result.outsideKernels, target, bound: 'at most', detail });
}

/**
 * @param {Readonly<Record<string, Result | undefined>>} results
 * @param {{ gflop?: number, peak?: import('./measure-peak.mjs').Peak, target: number }} options
 * @returns {Ratio} what our fastest training step does of what the machine can do at most
 */
function shareOfPeak(results, { gflop = Number.NaN, peak, target }) {
  const name = 'train: our fastest, share of the peak';
  const steps = Object.entries(results).flatMap(([key, result]) =>
    result?.train && key.split('-')[0] in builds ? [{ key, threads: result.threads, ...result.train }] : [],
  );
  if (steps.length === 0) return notMeasured(name, { target, bound: 'at least' }, 'ours not measured');
  const { key, threads, ms, rounds } = fastest(steps);
  const most = peakWith(peak, threads);
  if (most === undefined) return notMeasured(name, { target, bound: 'at least' }, 'peak not measured');
  const [value, ...each] = [ms, ...rounds].map((time) => (1000 * gflop) / time / most);
  const detail = `${(value * most).toFixed(1)} of ${most.toFixed(1)} GFLOP/s with ${countOfThreads(threads)} (${key})`;
  const range = /** @type {[number, number]} */ ([Math.min(...each), Math.max(...each)]);
  return judged(name, { value, target, bound: 'at least', detail, range });
}

/** @param {number} threads */
const countOfThreads = (threads) => `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
