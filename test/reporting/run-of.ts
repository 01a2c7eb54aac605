import { fillConfig } from '../../src/config/fill-config.js';
import type { RunDescription } from '../../src/reporting/run-description.js';
import type { Evaluation } from '../../src/tasks/figure.js';
import { openTask } from '../../src/tasks/open-task.js';

/** Two epochs of four steps; the first is the best one. */
export const metrics = [
  { type: 'step', epoch: 1, step: 2, loss: 0.7, means: { accuracy: 0.5 }, examplesPerSecond: 900 },
  { type: 'step', epoch: 1, step: 4, loss: 0.6, means: { accuracy: 0.6 }, examplesPerSecond: 900 },
  {
    type: 'epoch',
    epoch: 1,
    training: { loss: 0.65, accuracy: 0.62 },
    validation: { loss: 0.5, accuracy: 0.79 },
    seconds: 21,
    best: true,
  },
  { type: 'step', epoch: 2, step: 6, loss: 0.4, means: { accuracy: 0.8 }, examplesPerSecond: 900 },
  { type: 'step', epoch: 2, step: 8, loss: 0.3, means: { accuracy: 0.9 }, examplesPerSecond: 900 },
  {
    type: 'epoch',
    epoch: 2,
    training: { loss: 0.35, accuracy: 0.88 },
    validation: { loss: 0.9, accuracy: 0.71 },
    seconds: 22,
    best: false,
  },
];

const labels = ['negative', 'positive'];

export const result: Evaluation = {
  figures: [
    { name: 'accuracy', title: 'accuracy', form: 'share', value: 0.75, interval: [0.7449, 0.7553] },
    { name: 'loss', title: 'loss', form: 'number', value: 0.5123 },
    { name: 'rocAuc', title: 'ROC AUC', form: 'number', value: 0.8211 },
  ],
  tables: [
    {
      kind: 'figures',
      title: 'Labels',
      corner: 'label',
      columns: [
        { title: 'F1', form: 'share' },
        { title: 'examples', form: 'count' },
      ],
      rows: [
        { name: 'negative', values: [0.7447, 12_500] },
        { name: 'positive', values: [0.7547, 12_500] },
      ],
    },
    {
      kind: 'confusion',
      title: 'Confusion matrix',
      corner: 'truly',
      columns: labels.map((label) => ({ title: `predicted ${label}`, form: 'count' })),
      rows: [
        { name: 'negative', values: [9125, 3375] },
        { name: 'positive', values: [2875, 9625] },
      ],
    },
  ],
  details: {},
  examples: 25_000,
};

export function runOf(changes: Partial<RunDescription> = {}): RunDescription {
  return {
    name: 'gru2-2025-03-01-1',
    config: fillConfig({ model: { layers: [{ cell: 'gru' }, { cell: 'gru', resetAfter: false }] } }, 'test'),
    task: openTask('classification', labels),
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
