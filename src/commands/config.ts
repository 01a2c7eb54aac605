import type { Command } from 'commander';
import { setOption } from './set-option.js';

interface PrintOptions {
  readonly set: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `imdb-rnn config list|print|check|schema`: what can be trained, and what every setting means. */
export function registerConfig(program: Command): void {
  const config = program
    .command('config')
    .description('list, print and check configs (settings of a training run)');
  config
    .command('list')
    .description('list the configs that ship with the program')
    .option('--json', 'print JSON')
    .action(list)
    .addHelpText('after', examples('imdb-rnn config list', 'imdb-rnn config list --json'));
  config
    .command('print')
    .description('print a config with every setting filled in, as YAML')
    .argument('<config>', 'a YAML file, or the name of a packaged config')
    .addOption(setOption())
    .option('--json', 'print JSON')
    .option('--quiet', 'do not tell what --set has changed')
    .action(print)
    .addHelpText(
      'after',
      examples(
        'imdb-rnn config print gru2',
        'imdb-rnn config print gru2 --set training.batchSize=64 --set model.layers[1].units=64 > mine.yaml',
      ),
    );
  config
    .command('check')
    .description('check configs and tell every mistake with its line')
    .argument('<config...>', 'YAML files, or names of packaged configs')
    .option('--json', 'print JSON')
    .action(check)
    .addHelpText(
      'after',
      examples('imdb-rnn config check mine.yaml', 'imdb-rnn config check configs/*.yaml'),
    );
  config
    .command('schema')
    .description('print the JSON Schema of a config: every key with its type, limits and default')
    .action(schema)
    .addHelpText('after', examples('imdb-rnn config schema > config.schema.json'));
  config.addHelpText(
    'after',
    examples('imdb-rnn config list', 'imdb-rnn config print gru2', 'imdb-rnn config check mine.yaml'),
  );
}

async function list({ json }: { json?: boolean }): Promise<void> {
  const { packagedConfigs } = await import('../config/packaged-configs.js');
  const output = await import('../terminal/print.js');
  const configs = await packagedConfigs();
  if (json) return output.printJson(configs, { indent: 2 });
  const { formatTable } = await import('../terminal/table.js');
  output.print(
    formatTable(
      configs.map(({ name, summary }) => [name, summary]),
      { header: ['config', 'what it is'] },
    ),
  );
}

async function print(nameOrPath: string, { set, json, quiet }: PrintOptions): Promise<void> {
  const { loadConfig } = await import('../config/load-config.js');
  const { createNotes } = await import('../terminal/notes.js');
  const { formatOverride } = await import('../terminal/format-override.js');
  const output = await import('../terminal/print.js');
  const { config, overrides } = await loadConfig(nameOrPath, set);
  const notes = createNotes({ quiet });
  for (const override of overrides) notes.note(formatOverride(override));
  if (json) return output.printJson(config, { indent: 2 });
  const { serializeConfig } = await import('../config/serialize-config.js');
  output.print(serializeConfig(config).trimEnd());
}

async function check(namesOrPaths: readonly string[], { json }: { json?: boolean }): Promise<void> {
  const { checkConfigs } = await import('../config/check-configs.js');
  const output = await import('../terminal/print.js');
  const checked = await checkConfigs(namesOrPaths);
  if (json) output.printJson(checked, { indent: 2 });
  else for (const { config, ok } of checked) if (ok) output.print(`${config}: ok`);
  const mistakes = checked.flatMap((result) => result.mistakes);
  if (mistakes.length === 0) return;
  const { UserError } = await import('../errors/user-error.js');
  throw new UserError(mistakes.join('\n'), checked.find(({ ok }) => !ok)?.hint);
}

async function schema(): Promise<void> {
  const { configJsonSchema } = await import('../config/config-json-schema.js');
  const output = await import('../terminal/print.js');
  output.printJson(configJsonSchema(), { indent: 2 });
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
