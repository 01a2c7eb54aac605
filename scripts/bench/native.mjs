// Times training steps and predictions on TensorFlow's backends, ours against stock layers on the same libtensorflow, and
// against Keras and PyTorch.
//
// Each contender runs in a process of its own, in turn, in several rounds; the fastest round counts (another program can
// only make one slower). The work is the lecture's model: embedding 11,000 x 128, two GRUs of 128 units, Adam.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const usage = `usage: npm run bench:native -- [options]     (needs: imdb-rnn native install)
       npm run bench:gpu -- [options]        (needs: imdb-rnn native install --cuda, and an NVIDIA GPU)

  --cuda           the GPU instead of the CPU
  --steps N        timed steps a round (default 30)
  --rounds N       rounds (default 3)
  --batch A,B      examples a batch (default 32; bench:gpu: 32,256)
  --time A,B       tokens an example (default 60; bench:gpu: 60,240, about what 300 bytes and whole examples have)
  --python PATH    a Python that has Keras, to time it, too
  --torch PATH     a Python that has PyTorch
  --json           print the results as JSON

An epoch is told for 25,000 examples: 25,000 / batch training steps.`;

const { values } = parseArgs({
  options: {
    cuda: { type: 'boolean', default: false },
    steps: { type: 'string', default: '30' },
    rounds: { type: 'string', default: '3' },
    batch: { type: 'string', default: '32' },
    time: { type: 'string', default: '60' },
    python: { type: 'string' },
    torch: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const { steps, rounds, cuda } = values;
const numbers = (text) => text.split(',').map(Number);
const works = numbers(values.batch).flatMap((batch) => numbers(values.time).map((time) => ({ batch, time })));
if (
  works.some(({ batch, time }) => !(batch >= 1 && time >= 1)) ||
  !(Number(steps) >= 1 && Number(rounds) >= 1)
) {
  console.error('--batch, --time, --steps and --rounds want numbers from 1 on.');
  process.exit(2);
}
const backend = cuda ? 'cuda' : 'tensorflow';
const file = (name) => fileURLToPath(new URL(`native/${name}`, import.meta.url));
const contenders = [
  { title: `imdb-rnn on ${backend}`, program: process.execPath, script: 'own.mjs' },
  // Hundreds of milliseconds each: a few steps do.
  { title: `stock tfjs-layers on ${backend}`, program: process.execPath, script: 'stock.mjs', most: 4 },
  { title: 'Keras', program: values.python, script: 'keras_rival.py' },
  { title: 'PyTorch', program: values.torch, script: 'torch_rival.py' },
].filter(({ program }) => program);

/** One round of a contender: { train, predict } in milliseconds, or { skipped: why }. */
function measure({ title, program, script, most = Number(steps) }, { batch, time }) {
  const parameters = [file(script), backend, Math.min(Number(steps), most), batch, time].map(String);
  try {
    const environment = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
    const stdio = ['ignore', 'pipe', 'pipe'];
    const output = execFileSync(program, parameters, { encoding: 'utf8', env: environment, stdio });
    return JSON.parse(output.trim().split('\n').at(-1));
  } catch (error) {
    return { skipped: `${title}: ${error.message.split('\n').slice(-3).join(' ')}` };
  }
}

/** The fastest round of each contender, by title; a text where one was skipped. */
function compare(work) {
  const results = {};
  for (let round = 0; round < Number(rounds); round += 1) {
    for (const contender of contenders) {
      const answer = measure(contender, work);
      if (answer.skipped) return answer.skipped;
      const former = results[contender.title];
      const fastest = (key) => Math.min(answer[key], former?.[key] ?? Number.POSITIVE_INFINITY);
      results[contender.title] = { train: fastest('train'), predict: fastest('predict') };
    }
  }
  return results;
}

const answers = [];
for (const work of works) {
  const results = compare(work);
  if (typeof results === 'string') {
    console.log(`skipped: ${results}`);
    process.exit(0);
  }
  answers.push({ backend, ...work, results });
  if (!values.json) print(work, results);
}
if (values.json) console.log(JSON.stringify(answers));

function print({ batch, time }, results) {
  const [first] = Object.values(results);
  console.log(`median ms of ${steps} steps, fastest of ${rounds} rounds; batch ${batch}, ${time} tokens`);
  for (const [title, { train, predict }] of Object.entries(results)) {
    const cell = (value) => value.toFixed(1).padStart(8);
    const epoch = `epoch ${((25_000 / batch) * (train / 1000)).toFixed(1).padStart(6)} s`;
    const ratio = `${(train / first.train).toFixed(2)} x`;
    console.log(`${title.padEnd(34)} train ${cell(train)}  ${epoch}  predict ${cell(predict)}  ${ratio}`);
  }
}
