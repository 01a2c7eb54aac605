// What several seeds come to, and how it is written.

/** @typedef {import('./results.mjs').Result} Result */
/** @typedef {ReturnType<typeof figuresOf>} Figures */

const mean = (/** @type {readonly number[]} */ values) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * @param {readonly Result[]} results of one config, at least one
 */
export function figuresOf(results) {
  if (results.length === 0) throw new Error('there are no figures without a result');
  const accuracies = results.map(({ accuracy }) => accuracy);
  return {
    seeds: results.length,
    accuracy: mean(accuracies),
    /** Standard deviation of the seeds, estimated; undefined for one. */
    spread: results.length > 1 ? deviation(accuracies) : undefined,
    /** Accuracy of the worst seed. */
    worst: Math.min(...accuracies),
    parameters: results[0].parameters,
    epochs: Math.max(...results.map(({ epochSeconds }) => epochSeconds.length)),
    /** Mean over all epochs of all seeds. */
    epochSeconds: mean(results.flatMap(({ epochSeconds }) => epochSeconds)),
    /** Mean of the whole trainings. */
    seconds: mean(results.map(({ seconds }) => seconds)),
    cores: results[0].machine.cores,
  };
}

/** @param {readonly number[]} values */
function deviation(values) {
  const middle = mean(values);
  const squares = values.map((value) => (value - middle) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / (values.length - 1));
}

/**
 * @param {Figures} figures
 * @returns {string} `76.4 +- 0.2 % (3 seeds, worst 76.2)`
 */
export function accuracyText({ accuracy, spread, seeds, worst }) {
  const share = (100 * accuracy).toFixed(1);
  if (spread === undefined) return `${share} % (1 seed)`;
  const percent = 100 * spread;
  return `${share} +- ${percent.toFixed(percent < 0.05 ? 2 : 1)} % (${seeds} seeds, worst ${(100 * worst).toFixed(1)})`;
}

/**
 * @param {number} seconds
 * @returns {string} `0.4 s`, `24 s`, `3 min 5 s`
 */
export function timeText(seconds) {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 100 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * The time of a training: of an epoch where epochs are what it is made of, else of the whole.
 *
 * @param {Figures} figures
 * @returns {string} `24 s an epoch`, `45 s of training`
 */
export function trainingTimeText({ epochs, epochSeconds, seconds }) {
  const isEpochs = epochs > 1 && epochs * epochSeconds > seconds / 2;
  return isEpochs ? `${timeText(epochSeconds)} an epoch` : `${timeText(seconds)} of training`;
}

/**
 * The sentence that a config's first comment ends with.
 *
 * @param {Figures} figures
 */
export function figuresSentence(figures) {
  const { parameters, cores } = figures;
  const place = `on ${cores} ${cores === 1 ? 'core' : 'cores'}`;
  return `Test accuracy ${accuracyText(figures)}, ${parameters.toLocaleString('en-US')} parameters, ${trainingTimeText(figures)} ${place}.`;
}
