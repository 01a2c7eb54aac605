import { describe, expect, it } from 'vitest';
import { describeDecision } from '../../src/reporting/describe-decision.js';
import { modelCard } from '../../src/reporting/model-card.js';
import { reportPage } from '../../src/reporting/report-page.js';
import { openTask } from '../../src/tasks/open-task.js';
import { result, runOf } from './run-of.js';

const two = openTask('classification', ['negative', 'positive']);
const several = openTask('multiLabel', ['price', 'service', 'taste']);
const many = openTask(
  'multiLabel',
  Array.from({ length: 40 }, (_, label) => `label ${label}`),
);

describe('what was decided, in words', () => {
  it.each([
    [two, undefined, []],
    [two, { examples: 0 }, ['no examples were held out: no threshold and no temperature was chosen']],
    [
      two,
      { examples: 2500, thresholds: [0.3712], thresholdFor: 'f1' },
      ['threshold 0.37 of positive, chosen for F1 on 2,500 held-out examples'],
    ],
    [
      two,
      { examples: 1, thresholds: [null], thresholdFor: { precision: 0.99 } },
      [
        'threshold 0.5 of positive, as no other does what was asked for, chosen for a precision of at least 0.99 on 1 held-out example',
      ],
    ],
    [two, { examples: 0, thresholds: [0.4] }, ['threshold 0.4 of positive, set by hand']],
    [
      several,
      {
        examples: 90,
        thresholds: [0.25, null, 0.5],
        thresholdFor: { recall: 0.9 },
        temperatures: [1.5, 0.8, null],
      },
      [
        'thresholds price 0.25, service 0.5, taste 0.5 (0.5 for 1 label for which no other does what was asked for), chosen for a recall of at least 0.9 on 90 held-out examples',
        'probabilities calibrated by temperatures of 0.8 to 1.5 (none for 1 label), fitted on 90 held-out examples',
      ],
    ],
    [
      many,
      { examples: 90, thresholds: Array.from({ length: 40 }, (_, label) => label / 100), thresholdFor: 'f1' },
      ['a threshold for each label, 0 to 0.39, chosen for F1 on 90 held-out examples'],
    ],
    [
      two,
      { examples: 90, temperatures: [null] },
      ['not calibrated: no temperature could be fitted on 90 held-out examples'],
    ],
  ] as const)('%#', (task, decision, sentences) => {
    expect(describeDecision(task, decision)).toEqual(sentences);
  });

  it('stands in the model card and the report', () => {
    const decision = { examples: 2500, thresholds: [0.37], thresholdFor: 'f1', temperatures: [1.4] } as const;
    const task = openTask('classification', ['negative', 'positive'], { decision });
    const run = runOf({ task, evaluation: { split: 'test', result } });
    for (const page of [modelCard(run), reportPage(run)]) {
      expect(page).toContain('threshold 0.37 of positive, chosen for F1 on 2,500 held-out examples');
      expect(page).toContain(
        'probabilities calibrated by a temperature of 1.4, fitted on 2,500 held-out examples',
      );
    }
    expect(modelCard(run)).not.toContain('the probabilities are not calibrated');
    expect(modelCard(runOf())).toContain('the probabilities are not calibrated');
  });
});
