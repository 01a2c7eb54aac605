import { fillConfig } from '../../src/config/fill-config.js';
import type { Evaluation } from '../../src/evaluation/evaluate.js';
import type { RunDescription } from '../../src/reporting/run-description.js';

/** Two epochs of four steps; the first is the best one. */
export const metrics = [
  { type: 'step', epoch: 1, step: 2, loss: 0.7, accuracy: 0.5, examplesPerSecond: 900 },
  { type: 'step', epoch: 1, step: 4, loss: 0.6, accuracy: 0.6, examplesPerSecond: 900 },
  {
    type: 'epoch',
    epoch: 1,
    loss: 0.65,
    accuracy: 0.62,
    validationLoss: 0.5,
    validationAccuracy: 0.79,
    seconds: 21,
    best: true,
  },
  { type: 'step', epoch: 2, step: 6, loss: 0.4, accuracy: 0.8, examplesPerSecond: 900 },
  { type: 'step', epoch: 2, step: 8, loss: 0.3, accuracy: 0.9, examplesPerSecond: 900 },
  {
    type: 'epoch',
    epoch: 2,
    loss: 0.35,
    accuracy: 0.88,
    validationLoss: 0.9,
    validationAccuracy: 0.71,
    seconds: 22,
    best: false,
  },
];

export const result: Evaluation = {
  accuracy: 0.75,
  accuracyInterval: [0.7449, 0.7553],
  loss: 0.5123,
  rocAuc: 0.8211,
  labels: ['negative', 'positive'],
  perClass: {
    negative: { precision: 0.76, recall: 0.73, f1: 0.7447, examples: 12_500 },
    positive: { precision: 0.74, recall: 0.77, f1: 0.7547, examples: 12_500 },
  },
  confusion: [
    [9125, 3375],
    [2875, 9625],
  ],
  examples: 25_000,
  seconds: 10,
  examplesPerSecond: 2500,
};

export function runOf(changes: Partial<RunDescription> = {}): RunDescription {
  return {
    name: 'gru2-2025-03-01-1',
    config: fillConfig({ model: { layers: [{ cell: 'gru' }, { cell: 'gru', resetAfter: false }] } }, 'test'),
    labels: ['negative', 'positive'],
    metrics,
    facts: {
      parameters: 1_606_401,
      knownTokens: 10_000,
      trainingExamples: 22_500,
      validationExamples: 2_500,
      backend: 'wasm',
      threads: 2,
      seconds: 185,
    },
    version: '0.1.0',
    created: '2025-03-01T12:00:00.000Z',
    ...changes,
  };
}
