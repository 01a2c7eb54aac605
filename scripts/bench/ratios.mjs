// The figures that decide: our times against the rivals', and against the targets.
import { fastest } from './merge-rounds.mjs';
import { judged, notMeasured, spread } from './verdict.mjs';

/**
 * @typedef {import('./merge-rounds.mjs').Result} Result
 * @typedef {import('./verdict.mjs').Ratio} Ratio
 */

const fusedAdam = / fused Adam$/;
/** Probabilities differ by less where padding is masked, and by much more where it is read. */
export const roundingError = 1e-4;
const builds = { compiled: 'native kernels', relaxed: 'relaxed SIMD', simd: 'plain SIMD' };

/**
 * @param {Readonly<Record<string, Result | undefined>>} results by the contender's key (contenders.mjs)
 * @param {{ train: number, predict: number }} [targets] of the native kernels, over the faster rival that masks alike
 * @returns {Ratio[]}
 */
export function ratios(results, targets) {
  const compiled = /** @type {const} */ ({ key: 'compiled' });
  const goals = targets ?? { train: 0.6, predict: 0.8 };
  const native = [
    againstRivals(results, { ...compiled, kind: 'train', target: goals.train }),
    againstRivals(results, { ...compiled, kind: 'train', target: goals.train, masked: true }),
    againstRivals(results, { ...compiled, kind: 'predict', target: goals.predict }),
    againstRivals(results, { ...compiled, kind: 'predict', target: goals.predict, masked: true }),
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
    againstRivals(results, { key: 'simd', kind: 'predict', target: 0.8 }),
    speedUp(results, { key: 'relaxed', target: 1.7 }),
    speedUp(results, { key: 'simd', target: 1.7 }),
    outside(results, { key: 'relaxed', target: 0.1 }),
    outside(results, { key: 'simd', target: 0.1 }),
  ];
}

/**
 * Our time over that of the faster rival, in its fastest variant.
 *
 * @param {Readonly<Record<string, Result | undefined>>} results
 * @param {object} options
 * @param {keyof typeof builds} options.key
 * @param {'train' | 'predict'} options.kind
 * @param {number} options.target
 * @param {boolean} [options.defaultAdam] leave out PyTorch's variants with its fused Adam, which is not what its users get
 *   unasked
 * @param {boolean} [options.masked] leave out variants whose answers depend on padding, as ours do not
 * @returns {Ratio}
 */
function againstRivals(results, { key, kind, target, defaultAdam = false, masked = false }) {
  const restriction = `${defaultAdam ? ', default Adam' : ''}${masked ? ', padding masked' : ''}`;
  const name = `${kind}: ${builds[key]} / faster rival${restriction}`;
  const rivals = [results.keras, results.torch].flatMap((rival) =>
    rival
      ? Object.values(rival[kind].variants)
          .filter(({ variant }) => !(defaultAdam && fusedAdam.test(variant)))
          .filter(({ paddingChange = 0 }) => !(masked && paddingChange > roundingError))
          .map((measured) => ({ ...measured, rival: rival.name }))
      : [],
  );
  const ours = results[key]?.[kind];
  const missing = [
    ['ours', ours],
    ['Keras', results.keras],
    ['PyTorch', results.torch],
  ]
    .filter(([, result]) => !result)
    .map(([who]) => `${who} not measured`);
  if (!ours || rivals.length === 0)
    return notMeasured(name, { target, bound: 'at most' }, missing.join(', '));
  const rival = fastest(rivals);
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
  const [all, one] = [results[key], results[`${key}-1`]];
  const name = `train: ${builds[key]}, ${all ? countOfThreads(all.threads) : 'all threads'} against 1`;
  if (!all || !one) return notMeasured(name, { target, bound: 'at least' }, 'not both measured');
  const detail = `${one.train.ms.toFixed(1)} ms against ${all.train.ms.toFixed(1)} ms`;
  const value = one.train.ms / all.train.ms;
  return judged(name, { value, target, bound: 'at least', detail, ...spread(one.train, all.train) });
}

/**
 * @param {Readonly<Record<string, Result | undefined>>} results
 * @param {{ key: keyof typeof builds, target: number }} options
 * @returns {Ratio}
 */
function outside(results, { key, target }) {
  const name = `train: ${builds[key]}, share outside our kernels`;
  const result = results[key];
  if (result?.outsideKernels === undefined)
    return notMeasured(name, { target, bound: 'at most' }, 'not measured');
  const detail = `of ${result.train.ms.toFixed(1)} ms with ${countOfThreads(result.threads)}`;
  return judged(name, { value: result.outsideKernels, target, bound: 'at most', detail });
}

/** @param {number} threads */
const countOfThreads = (threads) => `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
