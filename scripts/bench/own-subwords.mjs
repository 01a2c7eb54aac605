// Learns subwords and encodes with them: our part of subwords.mjs, in a process of its own. Its answer has the shape of
// rivals/subwords_rival.py's.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { learnSubwords } from '../../dist/text/subwords/learn-subwords.js';
import { makeSubwordEncoder } from '../../dist/text/subwords/subword-encoder.js';
import { subwordLines } from '../../dist/text/subwords/subword-lines.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'vocabulary-size': { type: 'string', default: '30000' },
    threads: { type: 'string', default: '2' },
  },
});
/** @type {string[]} */
const texts = JSON.parse(readFileSync(positionals[0], 'utf8'));
const startProcessor = process.cpuUsage();
const start = performance.now();
const merges = await learnSubwords(texts, {
  vocabularySize: Number(options['vocabulary-size']),
  threads: Number(options.threads),
});
const learned = performance.now();
const { user, system } = process.cpuUsage(startProcessor);
const { ids } = makeSubwordEncoder(merges).encode(texts);
const end = performance.now();
console.log(
  JSON.stringify({
    version: process.versions.node,
    learnSeconds: (learned - start) / 1000,
    learnProcessorSeconds: (user + system) / 1e6,
    encodeSeconds: (end - learned) / 1000,
    tokens: subwordLines(merges).slice(256),
    ids: ids.length,
  }),
);
