import { configJsonSchema } from '../config/config-json-schema.js';
import { keysAt } from '../config/known-keys.js';
import { loadConfig } from '../config/load-config.js';
import { parseConfig } from '../config/parse-config.js';
import { type Config, taskNames } from '../config/schema.js';
import type { SchemaNode } from '../config/schema-node.js';
import type { FilesSettings } from '../datasets/files/settings.js';
import { UserError } from '../errors/user-error.js';
import { countOf, formatCount, formatPercent } from '../formats/numbers.js';
import { type ChosenModel, chooseModel } from './choose-model.js';
import { type ChosenSetting, chooseText } from './choose-text.js';
import { commentedYaml, entriesOf, type YamlEntry } from './commented-yaml.js';
import { dataWarnings, isImbalanced } from './data-warnings.js';
import type { Inspection } from './inspection.js';
import type { LengthSummary } from './length-counts.js';

/** What is known of the texts once they are tokens. */
export interface TokenLengths {
  readonly lengths: LengthSummary;
  shareWithin(tokens: number): number;
}

/** A config for data, without its cut: that needs the tokens. */
export interface Proposal {
  readonly task: Config['task'];
  readonly model: ChosenModel;
  readonly text: readonly ChosenSetting[];
  readonly warnings: readonly string[];
  /** Of the packaged config that it is made of, with the chosen settings of `text`. */
  readonly base: Pick<Config, 'text' | 'model' | 'training'>;
}

/** A network that reads in order needs time for every token. */
const mostTokens = 400;
/** Rarer tokens tell little; of few texts nearly all tokens are rare. */
const minimumCounts: readonly (readonly [belowTexts: number, minimumCount: number])[] = [
  [1000, 1],
  [5000, 2],
];

/**
 * Chooses task, model and settings of the text for inspected data.
 *
 * @throws UserError where there are no two labels to tell apart, or texts have several and no task takes them
 */
export async function proposeConfig(inspection: Inspection): Promise<Proposal> {
  const { labels } = inspection;
  const count = labels?.counts.length ?? 0;
  if (count < 2) {
    throw new UserError(
      count === 0
        ? 'The data has no labels.'
        : `All texts have the label ${JSON.stringify(labels?.counts[0].label)}; two labels are needed to tell apart.`,
      'Name the column of the labels with --label-column, or add examples of another label.',
    );
  }
  const model = chooseModel(inspection);
  const { config } = await loadConfig(model.config);
  const readsInOrder = config.model.type === 'recurrent';
  const text = [...chooseText(inspection, { readsInOrder }), ...minimumCount(inspection, config)];
  const chosen = Object.fromEntries(text.map(({ key, value }) => [key, value]));
  return {
    task: taskOf(inspection),
    model,
    text,
    warnings: dataWarnings(inspection),
    base: { ...config, text: { ...config.text, ...plainText, ...chosen } },
  };
}

/** What a packaged config may say of the text that is ours to choose. */
const plainText = { tokenizer: 'punctuation', lowercase: false } as const;

function minimumCount({ rows }: Inspection, { text }: Config): ChosenSetting[] {
  const [, value] = minimumCounts.find(([below]) => rows < below) ?? [];
  if (value === undefined || value >= text.minimumCount) return [];
  return [{ key: 'minimumCount', value, reason: 'of few texts nearly all tokens are rare' }];
}

function taskOf({ labels }: Inspection): Config['task'] {
  if (!labels || labels.several === 0) return 'classification';
  const several = (taskNames as readonly string[]).find((name) => name === 'multiLabel');
  if (several !== undefined) return several as Config['task'];
  throw new UserError(
    `${countOf(labels.several, 'text')} have two or more labels; the task "classification" gives each exactly one.`,
    'Keep one label for each text.',
  );
}

/**
 * The config as YAML, with its reasons as comments.
 *
 * @param options.seconds how long the training may take, and how that is known; left out where it is not
 * @throws TypeError where what was written is no config, which is a bug
 */
export function writeProposal(
  proposal: Proposal,
  options: {
    readonly inspection: Inspection;
    readonly settings: FilesSettings;
    readonly tokens: TokenLengths;
    readonly name: string;
    readonly time?: string;
  },
): { readonly yaml: string; readonly config: Config; readonly cut: number } {
  const { task, model, base, warnings } = proposal;
  const { inspection, settings, tokens, name, time } = options;
  const cut = cutOf(proposal, tokens);
  const entries: YamlEntry[] = [
    {
      comment: `${name}: ${model.config} for ${countOf(inspection.rows, 'row')} of ${inspection.labels?.counts.length} labels, written by imdb-rnn init.`,
    },
    ...(time === undefined ? [] : [{ comment: `Training: ${time}.` }]),
    ...warnings.map((warning) => ({ comment: `Warning: ${warning}.` })),
    { key: 'seed', value: 1 },
    { key: 'task', value: task, reason: labelText(inspection) },
    {
      comment:
        'Paths are from the folder in which the program runs. A tenth of the rows is held out as test.',
    },
    { key: 'dataset', value: datasetEntries(settings) },
    { key: 'text', value: textEntries(proposal, { cut, tokens }) },
    { comment: `${model.config}: ${model.reason}.` },
    { key: 'model', value: entriesOf(base.model) },
    { key: 'training', value: [...entriesOf(base.training), ...weightsEntry(inspection)] },
  ];
  const yaml = `${commentedYaml(entries)}\n`;
  return { yaml, config: parseConfig(yaml, name).config, cut };
}

/** The labels by number, at most twenty of them. */
function labelText({ labels }: Inspection): string {
  const counts = labels?.counts ?? [];
  const shown = counts.slice(0, 20).map(({ label, count }) => `${shortened(label)} ${formatCount(count)}`);
  const more = counts.length - shown.length;
  return `labels: ${shown.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
}

const shortened = (label: string) => (label.length <= 40 ? label : `${label.slice(0, 39).toWellFormed()}…`);

function datasetEntries({ name, train, text, columns, label }: FilesSettings): YamlEntry[] {
  return [
    { key: 'name', value: name },
    { key: 'train', value: train },
    ...(columns ? [{ key: 'columns', value: entriesOf(columns) }] : [{ key: 'text', value: text }]),
    { key: 'label', value: label },
  ];
}

/** All of a text for models that do not read in order; else what 95 % of the texts need, if that is not too much. */
function cutOf({ base }: Proposal, { lengths }: TokenLengths): number {
  if (base.model.type !== 'recurrent') return base.text.maxLength;
  const needed = Math.max(10, Math.ceil(lengths.quantiles['95'] / 10) * 10);
  return Math.min(needed, mostTokens);
}

function textEntries(
  { base, text }: Proposal,
  { cut, tokens }: { readonly cut: number; readonly tokens: TokenLengths },
): YamlEntry[] {
  const { quantiles, maximum } = tokens.lengths;
  const reasons = new Map<string, string>(text.map(({ key, reason }) => [key, reason]));
  const chosen = new Set<string>(text.map(({ key }) => key));
  const always = ['vocabularySize', 'minimumCount', 'oovBuckets', 'ngrams', 'ngramBuckets'];
  const others = Object.entries(base.text).filter(([key]) => chosen.has(key) || always.includes(key));
  return [
    {
      comment: `Tokens of a text: half have at most ${quantiles['50']}, 95 % at most ${quantiles['95']}, 99 % at most ${quantiles['99']}, the longest has ${maximum}.`,
    },
    {
      key: 'maxLength',
      value: cut,
      reason: `whole texts: ${formatPercent(tokens.shareWithin(cut))} of them`,
    },
    { key: 'lengthUnit', value: 'tokens' },
    ...others.map(([key, value]) => ({ key, value, reason: reasons.get(key) })),
  ];
}

function weightsEntry(inspection: Inspection): YamlEntry[] {
  const schema = configJsonSchema() as SchemaNode;
  if (!isImbalanced(inspection) || !keysAt({ schema }, ['training']).includes('classWeights')) return [];
  return [{ comment: 'classWeights: balanced   would let rare labels count as much as frequent ones.' }];
}
