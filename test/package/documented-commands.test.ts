import { readFileSync } from 'node:fs';
import type { Command, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/commands/program.js';
import { loadConfig } from '../../src/config/load-config.js';
import { packagedConfigs } from '../../src/config/packaged-configs.js';
import { packageFile } from '../../src/files/package-root.js';
import { commandsOf, type DocumentedCommand, documentedFiles } from './documented-commands.js';

const packaged = (await packagedConfigs()).map(({ name }) => name);
const commands = documentedFiles().flatMap(commandsOf);

/** What a reader has to fill in: `<run>`, `RUN`, `...`. */
const isPlaceholder = (word: string) => /^(<.*>|[A-Z_]+|\.\.\.)$/.test(word);

/** What is wrong with a command line; nothing where it would run. */
async function faultsOf({ words }: DocumentedCommand): Promise<string[]> {
  const faults: string[] = [];
  const program = await buildProgram([words[0]], { version: '' });
  let command: Command = program;
  let rest = words;
  for (let next = subcommand(command, rest[0]); next; next = subcommand(command, rest[0])) {
    [command, rest] = [next, rest.slice(1)];
  }
  const options: Option[] = [...command.options];
  if (command === program && !rest[0]?.startsWith('-')) return [`no command "${words[0]}"`];
  const settings: string[] = [];
  let config: string | undefined;
  for (const [at, word] of rest.entries()) {
    if (word === '--') break;
    if (!/^--?[a-zA-Z]/.test(word) || word === '--help' || word === '-h') continue;
    const [flag, joined] = word.split('=', 2);
    const option = options.find(({ long, short }) => long === flag || short === flag);
    if (!option) {
      if (command !== program || !['--version', '-v'].includes(flag)) faults.push(`no option ${flag}`);
      continue;
    }
    const value = joined ?? rest[at + 1];
    if (!(option.required || option.optional) || value === undefined || isPlaceholder(value)) continue;
    if (option.argChoices && !option.argChoices.includes(value)) faults.push(`${flag} ${value}`);
    if (flag === '--config') config = value;
    // Those of the data set are other ones where --data names files.
    const isOfData = words.includes('--data') && value.startsWith('dataset.');
    if (flag === '--set' && !isOfData) settings.push(value);
  }
  if (command.parent?.name() === 'config' && ['print', 'check'].includes(command.name())) config ??= rest[0];
  return [...faults, ...(await configFaults(config, settings))];
}

function subcommand(command: Command, word: string | undefined): Command | undefined {
  return command.commands.find((each) => each.name() === word);
}

/** A file of one's own ends in .yaml; every other name is that of a packaged config, and takes the settings. */
async function configFaults(config: string | undefined, settings: readonly string[]): Promise<string[]> {
  const name = config?.replace(/\.ya?ml$/, '');
  if (name !== undefined && isPlaceholder(name)) return [];
  if (name !== undefined && !packaged.includes(name)) return config === name ? [`no config "${config}"`] : [];
  if (settings.some((setting) => !setting.includes('=') || isPlaceholder(setting.split('=')[1]))) return [];
  if (name === undefined) return [];
  return loadConfig(packageFile('configs', `${name}.yaml`), settings).then(
    () => [],
    (error: Error) => [error.message],
  );
}

describe('the command lines of the pages, help texts and hints', () => {
  it('are found', () => {
    expect(commands.length).toBeGreaterThan(100);
    const inReadme = commands.filter(({ place }) => place.startsWith('README.md'));
    expect(inReadme.map(({ words }) => words.join(' '))).toContain('train --config gru2');
  });

  it('name commands, options, values, configs and settings that are there', async () => {
    const faults = await Promise.all(
      commands.map(async (each) =>
        (await faultsOf(each)).map((fault) => `${each.place}: ${fault}: imdb-rnn ${each.words.join(' ')}`),
      ),
    );
    expect(faults.flat()).toEqual([]);
  });

  it('would be told if they did not', async () => {
    const faults = (text: string) => faultsOf({ place: '', words: text.split(' ') });
    expect(await faults('trian --config gru2')).toEqual(['no command "trian"']);
    expect(await faults('train --cofnig gru2')).toEqual(['no option --cofnig']);
    expect(await faults('train --config cnn-4000')).toEqual(['no config "cnn-4000"']);
    expect(await faults('config print cnn-4000')).toEqual(['no config "cnn-4000"']);
    expect(await faults('train --config gru2 --backend gpu')).toEqual(['--backend gpu']);
    expect(await faults('train --config gru2 --set training.bathSize=1')).toEqual([
      expect.stringContaining('bathSize'),
    ]);
    expect(await faults('train --config my.yaml --seed 7')).toEqual([]);
  });
});

describe('the README', () => {
  it('names every packaged config where it lists them, and none that is not there', () => {
    const readme = readFileSync(packageFile('README.md'), 'utf8');
    const start = readme.indexOf('The packaged configs are');
    expect(start).toBeGreaterThan(0);
    const list = readme.slice(start, readme.indexOf('\n\n', start));
    const names = [...list.matchAll(/`([a-z0-9-]+)`/g)].map(([, name]) => name);
    expect(names.filter((name) => !packaged.includes(name))).toEqual([]);
    expect(packaged.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});
