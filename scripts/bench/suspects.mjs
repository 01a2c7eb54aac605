// How many wrong labels are found, beside cleanlab on the same probabilities in the same run:
//
//   node scripts/bench/suspects.mjs [--data-dir data] [--config nb-ngrams] [--share 0.05] [--seed 1] [--folds 5]
//                                   [--python path/to/python]
//
// Build first: npm run build; cleanlab goes into an environment of Python's own: pip install cleanlab==2.9.0.
//
// A share of the film reviews' labels is turned round at random; then of the first N that are named, N being the number of
// labels turned round, those that truly were are counted. cleanlab gets the labels and out-of-fold probabilities of ours.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkBuilt } from './built-package.mjs';
import { describeMachine, loadAverage, thisMachine, warnOfLoad } from './machine.mjs';
import { answerOf } from './run-program.mjs';
import { makeTemporaryFolder } from './temporary-folder.mjs';

const { values: options } = parseArgs({
  options: {
    'data-dir': { type: 'string', default: 'data' },
    config: { type: 'string', default: 'nb-ngrams' },
    share: { type: 'string', default: '0.05' },
    seed: { type: 'string', default: '1' },
    folds: { type: 'string', default: '5' },
    python: { type: 'string' },
  },
});
const warning = checkBuilt();
if (warning) console.error(warning);

const [
  curation,
  { useBackend },
  { loadConfig },
  { openSplit },
  { prepareTraining },
  { createRun },
  { Random },
] = await Promise.all([
  Promise.all([
    import('../../dist/curation/find-label-issues.js'),
    import('../../dist/curation/label-questions.js'),
    import('../../dist/curation/predict-out-of-fold.js'),
    import('../../dist/curation/estimate-noise.js'),
    import('../../dist/curation/confident-joint.js'),
  ]),
  import('../../dist/backends/use-backend.js'),
  import('../../dist/config/load-config.js'),
  import('../../dist/datasets/open-split.js'),
  import('../../dist/batches/prepare-training.js'),
  import('../../dist/runs/create-run.js'),
  import('../../dist/random/random.js'),
]);
const [{ findLabelIssues }, { labelQuestions }, { predictOutOfFold }, { estimateNoise }, { confidentJoint }] =
  curation;

const folder = makeTemporaryFolder();
const dataDir = resolve(options['data-dir']);
const cacheDir = join(folder, 'cache');

/** The split with a share of its labels, of two, turned round. */
function turned(split, isTurned) {
  return {
    ...split,
    contentHash: `${split.contentHash} ${options.share} ${options.seed}`,
    async *read() {
      let place = 0;
      for await (const portion of split.read()) {
        yield portion.map((example) => {
          const target = isTurned[place++] ? 1 - example.target : example.target;
          return { ...example, target };
        });
      }
    },
  };
}

function drawTurned(count) {
  const order = Int32Array.from({ length: count }, (_, example) => example);
  new Random(`turned ${options.seed}`).shuffle(order);
  const isTurned = new Uint8Array(count);
  for (const example of order.subarray(0, Math.round(count * Number(options.share)))) isTurned[example] = 1;
  return isTurned;
}

/** Probabilities by models that have not learnt from the example in question. */
async function outOfFold(split, config) {
  const { vocabulary } = await prepareTraining(split, config.text, { cacheDir });
  const { labels } = split;
  const run = await createRun(join(folder, 'models'), { config, vocabulary, labels });
  const events = predictOutOfFold(run, split, { folds: Number(options.folds), cacheDir });
  let next = await events.next();
  while (!next.done) next = await events.next();
  return labelQuestions(await run.readTask(), next.value)[0].data;
}

async function askCleanlab(data) {
  if (!options.python) return undefined;
  const input = join(folder, 'cleanlab');
  mkdirSync(input, { recursive: true });
  writeFileSync(join(input, 'labels.bin'), data.labels);
  writeFileSync(join(input, 'probabilities.bin'), data.probabilities);
  const script = fileURLToPath(new URL('rivals/cleanlab_issues.py', import.meta.url));
  return answerOf(options.python, [script, input, String(data.labelCount)]);
}

function found(issues, isTurned, count) {
  const first = issues.slice(0, count);
  const right = first.filter((example) => isTurned[example]).length;
  return { named: issues.length, first: first.length, right, precision: right / first.length };
}

const load = loadAverage();
await useBackend('auto');
const { config } = await loadConfig(options.config, []);
const original = await openSplit('train', { dataset: config.dataset, dataDir });
const isTurned = drawTurned(original.count);
const count = isTurned.reduce((sum, flag) => sum + flag, 0);
let start = performance.now();
const seconds = () => ((performance.now() - start) / 1000).toFixed(2);
const data = await outOfFold(turned(original, isTurned), config);
console.log(describeMachine(thisMachine()));
const loaded = warnOfLoad(load, thisMachine().cores);
if (loaded) console.log(loaded);
console.log(
  `${options.config}, ${original.count} examples, ${count} labels turned round (seed ${options.seed}), ${options.folds} folds in ${seconds()} s`,
);
start = performance.now();
const wrong = estimateNoise(confidentJoint(data)).wrongLabels;
const ours = {};
for (const filter of ['pruneByNoiseRate', 'confidentLearning']) {
  for (const rankBy of ['normalizedMargin', 'selfConfidence']) {
    ours[`${filter} ${rankBy}`] = [...findLabelIssues(data, { filter, rankBy })];
  }
}
const oursSeconds = seconds();
const theirs = await askCleanlab(data);
const describe = (name, { named, first, right, precision }) =>
  `  ${name.padEnd(9)} ${named} named; of the first ${first}, ${right} were turned round: ${(100 * precision).toFixed(1)} %`;
console.log(
  `wrong labels: ours ${wrong} (${oursSeconds} s)${theirs ? `, cleanlab ${theirs.version} ${theirs.wrongLabels} (${theirs.seconds.toFixed(2)} s)` : ''}`,
);
for (const [kind, issues] of Object.entries(ours)) {
  console.log(kind);
  console.log(describe('ours', found(issues, isTurned, count)));
  if (!theirs) continue;
  const other = theirs.issues[kind];
  console.log(describe('cleanlab', found(other, isTurned, count)));
  const [all, first] = [new Set(other), new Set(other.slice(0, count))];
  const common = issues.filter((example) => all.has(example)).length;
  const commonFirst = issues.slice(0, count).filter((example) => first.has(example)).length;
  const same = issues.filter((example, rank) => other[rank] === example).length;
  console.log(`  both      ${common} of all, ${commonFirst} of the first ${count}; ${same} on the same rank`);
}
// TensorFlow.js keeps threads that would hold the program up.
process.exit(0);
