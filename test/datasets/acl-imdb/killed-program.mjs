// Downloads and unpacks a small archive with the built program, and kills itself with SIGKILL at the n-th change that
// it makes to the disk: in the middle of it where bytes are written, else just before it.
// Arguments: JSON of downloadAclImdb's options; n. Prints how many changes it made when it lives to its end.
import fs from 'node:fs';
import fsPromises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const [options, killAt] = process.argv.slice(2).map((argument) => JSON.parse(argument));
let changes = 0;

function dieAtChange(halve) {
  changes += 1;
  if (changes !== killAt) return;
  halve?.();
  process.kill(process.pid, 'SIGKILL');
  // The signal arrives at once; nothing must happen until then.
  for (;;);
}

function watch(object, name, halve) {
  const original = object[name];
  object[name] = function (...args) {
    dieAtChange(halve && (() => halve(this, args)));
    return original.apply(this, args);
  };
}

const half = (data) => Buffer.from(data).subarray(0, Math.floor(Buffer.byteLength(data) / 2));
const { writeSync, writeFileSync, openSync } = fs;
for (const name of ['mkdirSync', 'renameSync', 'rmSync', 'ftruncateSync']) watch(fs, name);
watch(fs, 'writeSync', (_fs, [file, data]) => writeSync(file, half(data)));
watch(fs, 'writeFileSync', (_fs, [file, data]) => writeSync(openSync(file, 'w'), half(data)));
for (const name of ['mkdir', 'rename', 'rm', 'open']) watch(fsPromises, name);
watch(fsPromises, 'writeFile', (_fs, [file, data]) => writeFileSync(file, half(data)));
const handle = await fsPromises.open(process.execPath);
const prototype = Object.getPrototypeOf(handle);
await handle.close();
watch(prototype, 'writeFile', (file, [data]) => writeSync(file.fd, half(data)));
watch(prototype, 'sync');
syncBuiltinESMExports();
changes = 0;

const { downloadAclImdb } = await import('../../../dist/datasets/acl-imdb/download-acl-imdb.js');
await downloadAclImdb(options);
console.log(changes);
