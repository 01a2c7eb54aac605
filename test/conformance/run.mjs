// Runs TF.js' own conformance suite on a backend: node test/conformance/run.mjs [--backend wasm|cpu|tensorflow] [--threads N] [--filter TEXT]
// Every spec counts: none is left out but those that upstream itself marks pending. On tensorflow some are expected to fail,
// each for a reason (known-failures.json); one that fails beyond them counts, and so does one that passes again.
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import jasmineCore from 'jasmine-core';
import { bundleSuite } from './bundle.mjs';

/** Specs of tfjs-core 4.22 for a backend that is not TF.js' own, the five included that it marks pending itself. */
const expectedSpecs = 4230;
const stackLines = 6;

const { values: options } = parseArgs({
  options: {
    backend: { type: 'string', default: 'wasm' },
    threads: { type: 'string' },
    filter: { type: 'string' },
  },
});
if (!['wasm', 'cpu', 'tensorflow'].includes(options.backend)) {
  console.error(`--backend is "${options.backend}". Use one of: wasm, cpu, tensorflow.`);
  process.exit(2);
}

const threads = options.threads === undefined ? undefined : Number(options.threads);
if (threads !== undefined && !(Number.isInteger(threads) && threads > 0)) {
  console.error(`--threads is "${options.threads}". Give a whole number from 1 on.`);
  process.exit(2);
}
if (options.backend !== 'cpu' && !existsSync(new URL('../../dist/backend.js', import.meta.url))) {
  console.error('dist/backend.js is not there. Run "npm run build" first.');
  process.exit(1);
}

const jasmine = jasmineCore.boot();
const environment = jasmine.getEnv();
const { declareSpecs } = await import(await bundleSuite(options.backend));
await declareSpecs({ threads });
jasmine.DEFAULT_TIMEOUT_INTERVAL = 20_000;
environment.configure({
  random: false,
  specFilter: (spec) => spec.getFullName().includes(options.filter ?? ''),
});

const counts = { passed: 0, failed: 0, pending: 0, excluded: 0 };
/** @type {{ reason: string, specs: string[] }[]} */
const knownFailures =
  options.backend === 'tensorflow'
    ? JSON.parse(readFileSync(new URL('known-failures.json', import.meta.url), 'utf8'))
    : [];
const known = new Set(knownFailures.flatMap(({ specs }) => specs));
let expectedFailures = 0;
let passAgain = 0;
const report = (name, failures) => {
  console.log(`FAILED ${name}`);
  for (const { message, stack } of failures) {
    console.log(`  ${message.replaceAll('\n', '\n  ')}`);
    const frames = (stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line) && !line.includes('jasmine'));
    for (const frame of frames.slice(0, stackLines)) console.log(`    ${frame.trim()}`);
  }
};
environment.addReporter({
  specDone(spec) {
    if (known.has(spec.fullName) && spec.status === 'failed') {
      expectedFailures += 1;
      return;
    }
    if (known.has(spec.fullName) && spec.status === 'passed') {
      passAgain += 1;
      console.log(`PASSES, take it off the list of known failures: ${spec.fullName}`);
    }
    counts[spec.status] += 1;
    if (spec.status === 'failed') report(spec.fullName, spec.failedExpectations);
  },
  suiteDone(suite) {
    if (suite.failedExpectations.length === 0) return;
    counts.failed += 1;
    report(`${suite.fullName} (before or after its specs)`, suite.failedExpectations);
  },
});

const started = performance.now();
const whole = await environment.execute();
if (whole.failedExpectations.length > 0) {
  counts.failed += 1;
  report('the suite as a whole', whole.failedExpectations);
}
const ran = counts.passed + counts.failed + counts.pending + expectedFailures;
const wanted = options.filter === undefined ? expectedSpecs : 1;
const tooFew = ran < wanted;
if (tooFew) console.log(`Only ${ran} specs ran, expected at least ${wanted}.`);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(`TF.js conformance on ${options.backend}: ${seconds} s, ${counts.pending} pending`);
if (expectedFailures > 0)
  console.log(`${expectedFailures} failed as expected (test/conformance/known-failures.json)`);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed > 0 || passAgain > 0 || tooFew ? 1 : 0);
