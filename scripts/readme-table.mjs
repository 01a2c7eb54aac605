// Writes the README's table of packaged configs from what scripts/measure-config.mjs has noted, beside other programs
// (scripts/measure/rivals.json, each figure with its source).
//
//   node scripts/readme-table.mjs [--results FILE] [--print]
//
// Only results that were measured with the configs' present settings count; it says which configs have none.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { descriptionOf } from './measure/config-comment.mjs';
import { configPath, filledConfig } from './measure/filled-config.mjs';
import { readResults, resultsOf, settingsHash } from './measure/results.mjs';
import { resultsTables, withTables } from './measure/table.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    results: { type: 'string', default: join(root, 'scripts', 'measure', 'results.jsonl') },
    print: { type: 'boolean', default: false },
  },
});

const { rivals } = JSON.parse(readFileSync(join(root, 'scripts', 'measure', 'rivals.json'), 'utf8'));
const results = readResults(options.results);
const names = readdirSync(join(root, 'configs')).map((file) => basename(file, '.yaml'));
const configs = names.sort().map((name) => {
  return {
    name,
    description: descriptionOf(readFileSync(configPath(name), 'utf8'), name),
    results: resultsOf(results, { config: name, settings: settingsHash(filledConfig(name)) }),
  };
});
const unknown = configs.filter((config) => config.results.length === 0).map(({ name }) => name);
if (unknown.length > 0) console.error(`without a result: ${unknown.join(', ')}`);
const tables = resultsTables(configs, rivals);
const path = join(root, 'README.md');
if (options.print) console.log(tables);
else writeFileSync(path, withTables(readFileSync(path, 'utf8'), tables));
