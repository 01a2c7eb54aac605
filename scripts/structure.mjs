// Checks the shape of src/: imports point to a lower level only, no file imports itself in a circle,
// no file grows above 300 lines, in test/ neither. The levels are explained in CONTRIBUTING.md.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folders (or files at the top of src/) from the lowest level to the highest; a row sees only the rows above it. */
const levels = [
  ['arrays', 'errors', 'formats', 'random'],
  ['files'],
  ['rows'],
  ['tensorflow-installer', 'tensorboard', 'tracking'],
  ['backends'],
  ['optimizers'],
  ['datasets'],
  ['config'],
  ['text', 'metrics'],
  ['foreignness'],
  ['batches'],
  ['layers'],
  ['tasks'],
  ['model'],
  ['runs'],
  ['training', 'evaluation', 'prediction', 'inspection'],
  ['curation'],
  ['reporting'],
  ['jobs'],
  ['diagnosis'],
  ['terminal', 'completion'],
  ['commands'],
  ['main.ts', 'index.ts', 'backend.ts', 'predict.ts'],
];
const maximumLines = 300;

const source = fileURLToPath(new URL('../src', import.meta.url));
const tests = fileURLToPath(new URL('../test', import.meta.url));
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
const files = filesIn(source);
const levelOf = new Map(levels.flatMap((row, level) => row.map((name) => [name, level])));
const folderOf = (file) => relative(source, file).split(sep)[0];
const problems = [];
const importsOf = new Map();

function checkLength(name, text) {
  // How long a file is that a script writes says nothing of how well it can be read.
  if (text.startsWith('// Written by scripts/')) return;
  const lines = text.split('\n').length - 1;
  if (lines > maximumLines) problems.push(`${name}: ${lines} lines, at most ${maximumLines}`);
}

for (const file of filesIn(tests))
  checkLength(join('test', relative(tests, file)), readFileSync(file, 'utf8'));

for (const file of files) {
  const text = readFileSync(file, 'utf8');
  const name = relative(source, file);
  checkLength(name, text);
  if (!levelOf.has(folderOf(file)))
    problems.push(`${name}: no level for "${folderOf(file)}" in scripts/structure.mjs`);
  const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, specifier]) =>
    join(dirname(file), specifier)
      .replace(/\.js$/, '.ts')
      .replace(/(?<!\.ts)$/, '.ts'),
  );
  importsOf.set(file, imports);
  for (const target of imports) {
    if (!files.includes(target)) {
      problems.push(`${name}: imports ${relative(source, target)}, which is not there`);
      continue;
    }
    const [from, to] = [folderOf(file), folderOf(target)];
    if (from !== to && levelOf.get(to) >= levelOf.get(from)) {
      problems.push(
        `${name}: "${from}" must not import "${to}" (${relative(source, target)}), it is not below it`,
      );
    }
  }
}

const finished = new Set();
const visit = (file, path) => {
  if (path.includes(file)) {
    const cycle = [...path.slice(path.indexOf(file)), file].map((step) => relative(source, step));
    problems.push(`cycle: ${cycle.join(' -> ')}`);
    return;
  }
  if (finished.has(file)) return;
  for (const target of importsOf.get(file) ?? []) visit(target, [...path, file]);
  finished.add(file);
};
for (const file of files) visit(file, []);

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(
  `structure: ${files.length} files, imports go one way, no cycles, none above ${maximumLines} lines`,
);
