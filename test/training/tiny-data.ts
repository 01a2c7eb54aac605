import type { PackedSplit } from '../../src/batches/encoded-split.js';
import { targetsOf } from '../../src/batches/targets.js';
import { fillConfig } from '../../src/config/fill-config.js';
import type { Config } from '../../src/config/schema.js';
import type { Example } from '../../src/datasets/split.js';
import { Random } from '../../src/random/random.js';

const fillers = ['the', 'film', 'was', 'a', 'story', 'of', 'people', 'and', 'their', 'dog'];
const verdicts = ['bad', 'good', 'strange'];

/** Examples of 1 to 9 words, the one that tells the label at a random place; each of `labelCount` labels as often. */
export function tinyExamples(count: number, { labelCount = 2, seed = 1 } = {}): Example[] {
  const random = new Random(`examples ${seed}`);
  return Array.from({ length: count }, (_, i) => {
    const label = i % labelCount;
    const words = Array.from({ length: random.integer(9) }, () => fillers[random.integer(fillers.length)]);
    words.splice(random.integer(words.length + 1), 0, verdicts[label]);
    return { text: words.join(' '), target: label };
  });
}

/** The same examples with labels that have nothing to do with them: all there is to learn is by heart. */
export function senselessExamples(count: number): Example[] {
  const random = new Random('labels');
  return tinyExamples(count).map((example) => ({ ...example, target: random.integer(2) }));
}

/** Examples as ids: 0 pads, 1 to 13 are the words. */
export function encodedExamples(examples: readonly Example[]): PackedSplit {
  const words = [...fillers, ...verdicts];
  const ids = examples.map(({ text }) => text.split(' ').map((word) => 1 + words.indexOf(word)));
  const offsets = new Int32Array(examples.length + 1);
  ids.forEach((ofExample, i) => {
    offsets[i + 1] = offsets[i] + ofExample.length;
  });
  return {
    ids: Int32Array.from(ids.flat()),
    offsets,
    targets: targetsOf(examples.map(({ target }) => target)),
  };
}

export const idCount = 14;

/** A config of two small layers that learns the examples above in a few epochs. */
export function learningConfig(training: object = {}, seed = 1): Config {
  return fillConfig(
    {
      seed,
      text: { vocabularySize: 14, oovBuckets: 1 },
      model: {
        embedding: { units: 5 },
        layers: [
          { cell: 'gru', units: 4 },
          { cell: 'gru', units: 3, resetAfter: false },
        ],
      },
      training: { epochs: 5, batchSize: 8, optimizer: { learningRate: 0.02 }, ...training },
    },
    'test',
  );
}
