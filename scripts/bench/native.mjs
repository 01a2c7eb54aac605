// Times training steps and predictions on TensorFlow's backends, ours against stock layers on the same libtensorflow and
// against Keras.
//
// Each contender runs in a process of its own, in turn, in several rounds; the fastest round counts (another program can
// only make one slower). The work is the lecture's model: embedding 11,000 x 128, two GRUs of 128 units, Adam.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const usage = `usage: npm run bench:native -- [options]     (needs: imdb-rnn native install)

  --cuda           the GPU instead of the CPU
  --steps N        timed steps a round (default 30)
  --rounds N       rounds (default 3)
  --batch N        reviews a batch (default 32)
  --time N         tokens a review (default 60)
  --python PATH    a Python that has Keras, to time it, too
  --json           print the result as JSON`;

const { values } = parseArgs({
  options: {
    cuda: { type: 'boolean', default: false },
    steps: { type: 'string', default: '30' },
    rounds: { type: 'string', default: '3' },
    batch: { type: 'string', default: '32' },
    time: { type: 'string', default: '60' },
    python: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const { steps, rounds, batch, time, python, cuda } = values;
const backend = cuda ? 'cuda' : 'tensorflow';
const own = fileURLToPath(new URL('native/own.mjs', import.meta.url));
const stock = fileURLToPath(new URL('native/stock.mjs', import.meta.url));
const keras = fileURLToPath(new URL('native/keras_rival.py', import.meta.url));
const contenders = [
  {
    title: `imdb-rnn on ${backend}`,
    program: process.execPath,
    parameters: [own, backend, steps, batch, time],
  },
  {
    title: `stock tfjs-layers on ${backend}`,
    program: process.execPath,
    // Hundreds of milliseconds each: a few do.
    parameters: [stock, backend, String(Math.min(Number(steps), 4)), batch, time],
  },
  ...(python ? [{ title: 'Keras', program: python, parameters: [keras, backend, steps, batch, time] }] : []),
];

const results = new Map();
let skipped;
for (let round = 0; round < Number(rounds) && !skipped; round += 1) {
  for (const { title, program, parameters } of contenders) {
    let answer;
    try {
      const environment = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
      const stdio = ['ignore', 'pipe', 'pipe'];
      const output = execFileSync(program, parameters, { encoding: 'utf8', env: environment, stdio });
      answer = JSON.parse(output.trim().split('\n').at(-1));
    } catch (error) {
      skipped = `${title}: ${error.message.split('\n').slice(-3).join(' ')}`;
      break;
    }
    if (answer.skipped) {
      skipped = answer.skipped;
      break;
    }
    const former = results.get(title);
    const fastest = (key) => Math.min(answer[key], former?.[key] ?? Number.POSITIVE_INFINITY);
    results.set(title, { train: fastest('train'), predict: fastest('predict') });
  }
}
if (skipped) {
  console.log(`skipped: ${skipped}`);
  process.exit(0);
}
if (values.json) console.log(JSON.stringify({ backend, batch, time, results: Object.fromEntries(results) }));
else {
  const [first] = results.values();
  console.log(`median ms of ${steps} steps, fastest of ${rounds} rounds; batch ${batch}, ${time} tokens`);
  for (const [title, { train, predict }] of results) {
    const ratio = `${(train / first.train).toFixed(2)} x`;
    console.log(
      `${title.padEnd(34)} train ${train.toFixed(1).padStart(8)}  predict ${predict.toFixed(1).padStart(8)}  ${ratio}`,
    );
  }
}
