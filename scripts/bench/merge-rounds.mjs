// One contender's answers of several rounds as one result.
import { median } from './statistics.mjs';

/**
 * What a contender's process prints: for each way of doing it, the times of its steps.
 *
 * @typedef {import('./statistics.mjs').Times} Times
 * @typedef {object} Answer
 * @property {string} name
 * @property {string} version
 * @property {number} threads
 * @property {{ train: Record<string, Times>, predict: Record<string, Times> }} variants none of train where it only predicts
 * @property {number} peakMemoryMB
 * @property {number} [outsideKernels] share of a training step, from 0 to 1
 * @property {string} [note] what was measured, where it is not what the others do
 * @property {number} [parameters]
 * @property {number} [secondBiases] how many of them are biases beside biases, which the others do not have
 * @property {Readonly<Record<string, number>>} [paddingChanges] by variant: how far padding moves probabilities at most
 * @property {number} [firstLoss] mean of the first steps
 * @property {number} [lastLoss] of the last steps
 *
 * @typedef {object} Measured
 * @property {string} variant
 * @property {number} ms the median of the rounds' medians
 * @property {number[]} rounds
 * @property {number} [paddingChange] how far padding moves probabilities at most
 * @typedef {Measured & { variants: Record<string, Measured> }} Kind the fastest variant, and all of them
 *
 * @typedef {object} Result
 * @property {string} name
 * @property {string} version
 * @property {number} threads
 * @property {Kind} [train] missing where it does not train
 * @property {Kind} predict
 * @property {number} peakMemoryMB the most of all rounds
 * @property {number} [outsideKernels]
 * @property {number} [parameters]
 * @property {number} [secondBiases]
 * @property {string} [note]
 * @property {Answer[]} answers
 */

/**
 * @param {readonly Answer[]} answers of one contender, at least one
 * @returns {Result}
 */
export function mergeRounds(answers) {
  const { name, version, threads, parameters, secondBiases } = answers[0];
  const { note } = answers.find((answer) => answer.note) ?? {};
  const shares = answers.flatMap(({ outsideKernels }) => outsideKernels ?? []);
  return {
    name,
    version,
    threads,
    train: mergeKind(answers, 'train'),
    predict: /** @type {Kind} */ (mergeKind(answers, 'predict')),
    peakMemoryMB: Math.max(...answers.map(({ peakMemoryMB }) => peakMemoryMB)),
    outsideKernels: shares.length > 0 ? median(shares) : undefined,
    parameters,
    secondBiases,
    note,
    answers: [...answers],
  };
}

/**
 * @param {readonly Answer[]} answers
 * @param {'train' | 'predict'} kind
 * @returns {Kind | undefined} undefined where nothing was measured
 */
function mergeKind(answers, kind) {
  // One that had to be left out in a round, for want of time to compile it, is not compared with those that were not.
  const names = Object.keys(answers[0].variants[kind]).filter((name) =>
    answers.every(({ variants }) => variants[kind][name]),
  );
  if (names.length === 0) return undefined;
  const variants = names.map((variant) => {
    const rounds = answers.map(({ variants }) => variants[kind][variant].median);
    return { variant, ms: median(rounds), rounds, paddingChange: answers[0].paddingChanges?.[variant] };
  });
  const named = Object.fromEntries(variants.map((measured) => [measured.variant, measured]));
  return { ...fastest(variants), variants: named };
}

/**
 * @template {{ ms: number }} Timed
 * @param {readonly Timed[]} measured at least one
 * @returns {Timed} the one of the shortest time; the first of equal ones
 */
export function fastest(measured) {
  return measured.reduce((best, other) => (other.ms < best.ms ? other : best));
}
