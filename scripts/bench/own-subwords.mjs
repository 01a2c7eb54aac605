// Learns subwords and encodes with them: our part of subwords.mjs, in a process of its own. Its answer has the shape of
// rivals/subwords_rival.py's.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fillConfig } from '../../dist/config/fill-config.js';
import { SubwordVocabulary } from '../../dist/text/subwords/subword-vocabulary.js';
import { WordInterner } from '../../dist/text/subwords/word-interner.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'vocabulary-size': { type: 'string', default: '30000' },
    threads: { type: 'string', default: '2' },
  },
});
/** @type {string[]} */
const texts = JSON.parse(readFileSync(positionals[0], 'utf8'));
const settings = {
  tokenizer: 'subwords',
  // The padding token is one of ours.
  vocabularySize: Number(options['vocabulary-size']) + 1,
  lengthUnit: 'tokens',
  maxLength: 1_000_000,
};
const { text } = fillConfig({ text: settings, model: { layers: [{ cell: 'gru' }] } }, 'benchmark');
const startProcessor = process.cpuUsage();
const start = performance.now();
const interner = new WordInterner(text, { threads: Number(options.threads) });
interner.add(texts);
const words = await interner.result();
const vocabulary = SubwordVocabulary.learn(words, text);
const learned = performance.now();
const { user, system } = process.cpuUsage(startProcessor);
await interner.close();
const startEncoding = performance.now();
const { ids } = vocabulary.encode(texts);
const encoded = performance.now();
// What a training does, which has the words' numbers from learning.
vocabulary.encodeInterned(words);
const end = performance.now();
console.log(
  JSON.stringify({
    version: process.versions.node,
    learnSeconds: (learned - start) / 1000,
    learnProcessorSeconds: (user + system) / 1e6,
    encodeSeconds: (encoded - startEncoding) / 1000,
    encodeLearnedSeconds: (end - encoded) / 1000,
    tokens: vocabulary.serialize().trimEnd().split('\n').slice(257),
    ids: ids.length,
  }),
);
