// How many wrong labels are found, beside cleanlab on the same probabilities in the same run:
//
//   node scripts/bench/suspects.mjs [--data-dir data] [--config nb-ngrams] [--share 0.05] [--seed 1] [--seed 2 ...]
//                                   [--folds 8] [--rounds 2] [--judges both] [--python path/to/python]
//
// Build first: npm run build; cleanlab goes into an environment of Python's own: pip install cleanlab==2.9.0.
//
// A share of the film reviews' labels is turned round at random; then of the first N that are named, N being the number of
// labels turned round, those that truly were are counted: after each round, by the run's models alone and by all judges.
// cleanlab gets the labels and the out-of-fold probabilities of ours, those after the last round.
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
    seed: { type: 'string', multiple: true, default: ['1'] },
    folds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '2' },
    judges: { type: 'string', default: 'both' },
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
    import('../../dist/curation/blend-questions.js'),
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
const [{ findLabelIssues }, { blendQuestions }, { predictOutOfFold }, { estimateNoise }, { confidentJoint }] =
  curation;

const folder = makeTemporaryFolder();
const dataDir = resolve(options['data-dir']);
const cacheDir = join(folder, 'cache');

/** The split with a share of its labels, of two, turned round. */
function turned(split, isTurned, seed) {
  return {
    ...split,
    contentHash: `${split.contentHash} ${options.share} ${seed}`,
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

function drawTurned(count, seed) {
  const order = Int32Array.from({ length: count }, (_, example) => example);
  new Random(`turned ${seed}`).shuffle(order);
  const isTurned = new Uint8Array(count);
  for (const example of order.subarray(0, Math.round(count * Number(options.share)))) isTurned[example] = 1;
  return isTurned;
}

/** Answers of models that have not learnt from the example in question, and the task that tells what they mean. */
async function outOfFold(split, config) {
  const { vocabulary } = await prepareTraining(split, config.text, { cacheDir });
  const { labels } = split;
  const run = await createRun(join(folder, 'models'), { config, vocabulary, labels });
  const [folds, rounds] = [Number(options.folds), Number(options.rounds)];
  const events = predictOutOfFold(run, split, { folds, rounds, judges: options.judges, cacheDir });
  let next = await events.next();
  while (!next.done) next = await events.next();
  return { predictions: next.value, task: await run.readTask() };
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

const percent = (part, whole) => `${((100 * part) / whole).toFixed(2)} %`;

/** How many of the most suspicious examples are right after each round, by each judge and by all together. */
function printRounds({ predictions, task }, isTurned, count) {
  const { outputs, targets, judges, leftOut } = predictions;
  leftOut.forEach((left, round) => {
    const until = outputs.map((rounds) => rounds.slice(0, round + 1));
    const of = (chosen) => {
      const [{ data, weights }] = blendQuestions(task, { outputs: chosen, targets });
      const { precision } = found([...findLabelIssues(data)], isTurned, count);
      return { text: percent(precision, 1), weights };
    };
    const each = judges.map(({ name }, judge) => `${name} ${of([until[judge]]).text}`);
    const all = of(until);
    const powers = all.weights.map((weight) => weight.toFixed(2)).join(', ');
    console.log(
      `  round ${round + 1}, ${left} left out: ${each.join(', ')}; together ${all.text} (powers ${powers})`,
    );
  });
}

async function measure(original, config, seed) {
  const isTurned = drawTurned(original.count, seed);
  const count = isTurned.reduce((sum, flag) => sum + flag, 0);
  let start = performance.now();
  const seconds = () => ((performance.now() - start) / 1000).toFixed(2);
  const judged = await outOfFold(turned(original, isTurned, seed), config);
  const { folds, rounds, judges } = options;
  console.log(
    `${options.config}, ${original.count} examples, ${count} labels turned round (seed ${seed}), ${folds} folds, rounds: ${rounds}, judges: ${judges}; ${seconds()} s`,
  );
  printRounds(judged, isTurned, count);
  start = performance.now();
  const [{ data }] = blendQuestions(judged.task, judged.predictions);
  const wrong = estimateNoise(confidentJoint(data)).wrongLabels;
  const ours = {};
  for (const filter of ['pruneByNoiseRate', 'confidentLearning']) {
    for (const rankBy of ['normalizedMargin', 'selfConfidence']) {
      ours[`${filter} ${rankBy}`] = [...findLabelIssues(data, { filter, rankBy })];
    }
  }
  const oursSeconds = seconds();
  const theirs = await askCleanlab(data);
  const rival = theirs
    ? `, cleanlab ${theirs.version} ${theirs.wrongLabels} (${theirs.seconds.toFixed(2)} s)`
    : '';
  console.log(`wrong labels: ours ${wrong} (${oursSeconds} s)${rival}`);
  for (const [kind, issues] of Object.entries(ours)) compare(kind, issues, { theirs, isTurned, count });
}

function compare(kind, issues, { theirs, isTurned, count }) {
  const describe = (name, { named, first, right }) =>
    `  ${name.padEnd(9)} ${named} named; of the first ${first}, ${right} were turned round: ${percent(right, first)}`;
  console.log(kind);
  console.log(describe('ours', found(issues, isTurned, count)));
  if (!theirs) return;
  const other = theirs.issues[kind];
  console.log(describe('cleanlab', found(other, isTurned, count)));
  const [all, first] = [new Set(other), new Set(other.slice(0, count))];
  const common = issues.filter((example) => all.has(example)).length;
  const commonFirst = issues.slice(0, count).filter((example) => first.has(example)).length;
  const same = issues.filter((example, rank) => other[rank] === example).length;
  console.log(`  both      ${common} of all, ${commonFirst} of the first ${count}; ${same} on the same rank`);
}

const load = loadAverage();
await useBackend('auto');
const { config } = await loadConfig(options.config, []);
const original = await openSplit('train', { dataset: config.dataset, dataDir });
console.log(describeMachine(thisMachine()));
const loaded = warnOfLoad(load, thisMachine().cores);
if (loaded) console.log(loaded);
for (const seed of options.seed) await measure(original, config, seed);
// TensorFlow.js keeps threads that would hold the program up.
process.exit(0);
