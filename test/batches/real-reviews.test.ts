import { beforeAll, describe, expect, it } from 'vitest';
import { countAndEncode } from '../../src/batches/count-and-encode.js';
import type { EncodedSplit } from '../../src/batches/encoded-split.js';
import { paddingEfficiency } from '../../src/batches/pad-batch.js';
import { shuffledBatches, unsortedBatches } from '../../src/batches/shuffled-batches.js';
import { splitValidation } from '../../src/batches/split-validation.js';
import { Random } from '../../src/random/random.js';
import { noRealExamples, readRealExamples } from '../text/real-reviews.js';
import { textConfig } from '../text/text-config.js';

describe.skipIf(noRealExamples !== '')(
  `shuffled batches of the real training examples${noRealExamples}`,
  () => {
    let encoded: EncodedSplit;

    beforeAll(async () => {
      ({ encoded } = await countAndEncode([await readRealExamples()], textConfig()));
    });

    it('are at least 99 % tokens in batches of 32, epoch after epoch, where unsorted ones are 86 %', () => {
      const random = new Random(1);
      const { training } = splitValidation(encoded, { validationSplit: 0.1, random });
      expect(training.targets.values.length).toBe(22_500);
      for (let epoch = 0; epoch < 3; epoch++) {
        const batches = shuffledBatches(training, { batchSize: 32, random });
        expect(paddingEfficiency(training, batches)).toBeGreaterThan(0.99);
      }
      const unsorted = unsortedBatches(training, { batchSize: 32, random });
      expect(paddingEfficiency(training, unsorted)).toBeCloseTo(0.862, 2);
    });

    it('hold about as many positive as negative examples', () => {
      const batches = shuffledBatches(encoded, { batchSize: 32, random: new Random(1) });
      const shares = batches.map(
        (batch) => batch.filter((example) => encoded.targets.values[example] === 1).length / batch.length,
      );
      const oneSided = shares.filter((share) => share < 0.2 || share > 0.8).length;
      expect(oneSided / batches.length).toBeLessThan(0.01);
    });
  },
);
