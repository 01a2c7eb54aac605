import { UserError } from '../errors/user-error.js';
import type { MetricsRecord } from './metrics-file.js';
import { runFormat, type Summary } from './summary-file.js';

type Plain = Readonly<Record<string, unknown>>;

/**
 * run.json in the form of today.
 *
 * @throws UserError when a newer version wrote it
 */
export function renewSummary(summary: Summary, folder: string): Summary {
  const { format = 1 } = summary;
  if (format > runFormat) {
    const wrote = summary.versions?.['imdb-rnn'];
    throw new UserError(
      `${folder} has the run format ${format}; this version knows formats up to ${runFormat}.`,
      `It was written by a newer imdb-rnn${wrote ? `, ${wrote}` : ''}: install that version, such as with npm install -g imdb-rnn.`,
    );
  }
  const { trainingReviews, validationReviews, ...rest } = summary;
  if (trainingReviews === undefined) return summary;
  return { ...rest, trainingExamples: trainingReviews, validationExamples: validationReviews } as Summary;
}

/** A line of metrics.jsonl in the form of today. */
export function renewMetrics(record: MetricsRecord): MetricsRecord {
  if (typeof record.accuracy !== 'number') return record;
  const { loss, accuracy, validationLoss, validationAccuracy, reviewsPerSecond, ...rest } = record;
  if (record.type === 'step') {
    return { ...rest, loss, means: { accuracy }, examplesPerSecond: reviewsPerSecond };
  }
  return {
    ...rest,
    training: { loss, accuracy },
    ...(typeof validationLoss === 'number' && {
      validation: { loss: validationLoss, accuracy: validationAccuracy },
    }),
  };
}

/** The state of a checkpoint in the form of today. */
export function renewState(state: unknown): unknown {
  const { sums, best, step, ...rest } = state as { sums?: Plain; best?: Plain; step?: number };
  if (!sums || sums.reviews === undefined) return state;
  const { epoch, validationLoss, validationAccuracy } = best ?? {};
  const validation =
    validationLoss === undefined
      ? {}
      : { validation: { loss: validationLoss, accuracy: validationAccuracy } };
  return {
    ...rest,
    // Such a run has no limits and schedules, which go by the steps: how many there were does not matter.
    ...{ step, steps: step, secondsBefore: 0 },
    history: validationLoss === undefined ? [] : [validationLoss],
    sums: { examples: sums.reviews, loss: sums.loss, counts: { correct: sums.correct } },
    ...(best && { best: { epoch, ...validation } }),
  };
}
