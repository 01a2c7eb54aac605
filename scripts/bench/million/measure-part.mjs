// Measures one part of the program on a file, in a process of its own, and answers with a line of JSON:
//
//   node measure-part.mjs reading FILE
//   node measure-part.mjs tokenizing FILE CONFIG
//   node measure-part.mjs cache FILE
//
// MB/s are those of the clock; MB for each second of processor time stand beside them, because other work on the machine
// does not slow those.
import { readFile, rm } from 'node:fs/promises';

const [part, path, configName] = process.argv.slice(2);
/** Texts that are tokenized: enough to fill the table of tokens, few enough to be kept. */
const tokenizedRows = 50_000;
const tokenizingRounds = 4;

/**
 * @param {() => Promise<number>} work @returns bytes that it worked on
 * @returns {Promise<{ bytes: number, seconds: number, megabytesPerSecond: number, megabytesPerCoreSecond: number }>}
 */
async function timed(work) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const bytes = await work();
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const coreSeconds = (user + system) / 1e6;
  return {
    bytes,
    seconds,
    megabytesPerSecond: bytes / 1e6 / seconds,
    megabytesPerCoreSecond: bytes / 1e6 / coreSeconds,
  };
}

async function* texts() {
  const { openRowFile } = await import('../../../dist/rows/open-row-file.js');
  const file = await openRowFile(path);
  for await (const portion of file.portions()) yield portion.map(({ values }) => String(values.text));
}

/** The file as rows, every one of them, and nothing done with them. */
async function measureReading() {
  const { stat } = await import('node:fs/promises');
  return timed(async () => {
    let rows = 0;
    for await (const portion of texts()) rows += portion.length;
    if (rows === 0) throw new Error(`${path} has no rows`);
    return (await stat(path)).size;
  });
}

async function measureTokenizing() {
  const [{ loadConfig }, { TokenInterner }] = await Promise.all([
    import('../../../dist/config/load-config.js'),
    import('../../../dist/text/intern-tokens.js'),
  ]);
  const { config } = await loadConfig(configName, []);
  /** @type {string[][]} */
  const kept = [];
  let rows = 0;
  for await (const portion of texts()) {
    kept.push(portion);
    rows += portion.length;
    if (rows >= tokenizedRows) break;
  }
  // The whole texts count, whatever the config reads of them: maxLength is taken off for the measurement.
  const text = { ...config.text, lengthUnit: /** @type {const} */ ('tokens'), maxLength: 1e9 };
  const bytes = kept.flat().reduce((sum, one) => sum + Buffer.byteLength(one), 0);
  // The best of some rounds: the first one compiles, as the first of many rows do.
  const measured = [];
  for (let round = 0; round < tokenizingRounds; round++) {
    measured.push(
      await timed(async () => {
        const interner = new TokenInterner(text);
        for (const portion of kept) interner.add(portion);
        interner.result();
        return bytes;
      }),
    );
  }
  return measured.reduce((best, one) =>
    one.megabytesPerCoreSecond > best.megabytesPerCoreSecond ? one : best,
  );
}

async function measureCache() {
  const { readCacheFile, writeCacheFile } = await import('../../../dist/files/cache-file.js');
  const head = (await readFile(path)).subarray(16, 4096).toString('latin1');
  const key = /"key":"(?<key>[^"]*)"/.exec(head)?.groups?.key ?? '';
  /** @type {Uint8Array[]} */
  let sections = [];
  const reading = await timed(async () => {
    const read = await readCacheFile(path, key);
    if (read === undefined) throw new Error(`${path} is not a cache file that this version reads`);
    sections = read;
    return sections.reduce((sum, { length }) => sum + length, 0);
  });
  const copy = `${path}.copy`;
  const writing = await timed(async () => {
    await writeCacheFile(copy, key, sections);
    return sections.reduce((sum, { length }) => sum + length, 0);
  });
  await rm(copy);
  return { reading, writing };
}

const parts = { reading: measureReading, tokenizing: measureTokenizing, cache: measureCache };
const measure = parts[/** @type {keyof typeof parts} */ (part)];
if (!measure) throw new Error(`unknown part ${part}`);
console.log(JSON.stringify(await measure()));
