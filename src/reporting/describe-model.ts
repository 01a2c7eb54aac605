import { joinedMembers, plannedMembers } from '../config/ensemble-members.js';
import type {
  Config,
  ConvolutionModelConfig,
  EnsembleConfig,
  ModelConfig,
  RecurrentLayerConfig,
  RecurrentModelConfig,
  TextConfig,
  TrainedModelConfig,
} from '../config/schema.js';
import { fixedVocabularyOf } from '../datasets/dataset-table.js';
import { formatFigure } from '../formats/figure.js';
import { countOf, formatCount } from '../formats/numbers.js';
import type { RunDescription } from './run-description.js';

/** The model in one line: `Embedding 11,000 x 128 -> GRU 128 -> GRU 128 -> Dense 1 (sigmoid)`. */
export function describeModel({ config, facts, task }: RunDescription): string {
  const { knownTokens } = facts;
  const ids = knownTokens === undefined ? '' : idsOf(config, knownTokens);
  const count = facts.features?.length ?? 0;
  const beside = count > 0 ? [`with ${countOf(count, 'number')} beside the text`] : [];
  if (config.model.type === 'ensemble')
    return `mean of the probabilities of ${describeMembers(config.model)}`;
  return [...describeFeatures(config.model, ids), ...beside, task.outputText].join(' -> ');
}

/** Rows of the embedding; how many of the ids stand for tokens is not known where runs of them have ids of their own. */
function idsOf(config: Config, knownTokens: number): string {
  const { model, text } = config;
  const isWide = model.type === 'recurrent' && model.wide !== 'none';
  if (isWide && text.ngrams > 1 && text.ngramBuckets === 0) return '';
  const ids = knownTokens + sharedIds(config) - (isWide ? text.ngramBuckets : 0);
  return `${formatCount(ids)} x `;
}

/** What tells models apart where there is little room: `GRU 128, GRU 128`. */
export function nameModel(model: ModelConfig): string {
  switch (model.type) {
    case 'recurrent':
      return [...model.layers.map(describeLayer), ...describeWide(model)].join(', ');
    case 'conv1d':
      return `Conv1D ${model.filters} x ${model.kernelSize}`;
    case 'averagedEmbedding':
      return `averaged embedding ${model.embedding.units}`;
    case 'bagOfWords':
      return `bag of words (${model.weighting})`;
    case 'ensemble':
      return `ensemble of ${namesOf(model).join(', ')}`;
  }
}

/** Names and shares of the members of an ensemble: `gru2-300 (66.7 %) and nb-ngrams (33.3 %)`. */
export function describeMembers(model: EnsembleConfig): string {
  const members = joinedMembers(model);
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  const named = members.map(({ name, weight }) => `${name} (${formatFigure(weight / total, 'share')})`);
  return `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
}

/** Ids that unknown words, and runs of words, share; those of a fixed vocabulary and of subwords stand for one each. */
export function sharedIds({ dataset, text }: Pick<Config, 'dataset' | 'text'>): number {
  if (fixedVocabularyOf(dataset) || text.tokenizer === 'subwords') return 0;
  return text.oovBuckets + text.ngramBuckets;
}

/** What the words of an example are: `letters and apostrophes, in the case they are written in`. */
export function describeWords({ dataset, text }: Pick<Config, 'dataset' | 'text'>): string {
  const { tokenizer, lowercase } = fixedVocabularyOf(dataset) ?? text;
  const runs = text.ngrams > 1 ? `, and runs of up to ${text.ngrams} of these` : '';
  return `${wordKinds[tokenizer]}, in ${lowercase ? 'small letters' : 'the case they are written in'}${runs}`;
}

const wordKinds = {
  letters: 'letters and apostrophes',
  punctuation: 'words of letters, digits and apostrophes, and each other mark',
  keras: "words as Keras' Tokenizer splits them",
  words: 'words as Unicode and its dictionaries divide them, and each mark',
  characters: 'characters',
  subwords: 'pieces of words (byte-pair encoding)',
} satisfies Record<TextConfig['tokenizer'], string>;

/** What part of an example the model reads: `the first 300 characters of each example`. */
export function describeText({ maxLength, lengthUnit, keep }: TextConfig): string {
  if (keep === 'both') return `the first and last ${lengthUnit} of each example, ${maxLength} together,`;
  return `the ${keep === 'start' ? 'first' : 'last'} ${maxLength} ${lengthUnit} of each example`;
}

/** Names of the poolings that are not the default. */
const poolings = {
  last: [],
  mean: ['mean over time'],
  max: ['maximum over time'],
  attention: ['attention'],
  lastMaxMean: ['last, maximum and mean over time'],
} as const;

function describeFeatures(model: TrainedModelConfig, ids: string): string[] {
  switch (model.type) {
    case 'recurrent':
      return [
        ...(model.pieceLength === 'none' ? [] : [`pieces of ${model.pieceLength} tokens`]),
        describeEmbedding(model, ids),
        ...model.layers.map(describeLayer),
        ...poolings[model.pooling],
        ...describeWide(model).map((part) => `beside ${part}`),
      ];
    case 'conv1d':
      return [
        describeEmbedding(model, ids),
        `Conv1D ${model.filters} x ${model.kernelSize}`,
        'maximum over time',
      ];
    case 'averagedEmbedding':
      return [`Embedding ${ids}${model.embedding.units}`, 'mean'];
    case 'bagOfWords':
      return [`bag of words (${model.weighting})`];
  }
}

function describeEmbedding(
  { embedding }: RecurrentModelConfig | ConvolutionModelConfig,
  ids: string,
): string {
  const { units, ngrams, ngramVectors } = embedding;
  const lengths = ngrams === 2 ? '2' : `2 to ${ngrams}`;
  const ofRuns = ` of tokens and of ${formatCount(ngramVectors)} runs of ${lengths}`;
  return `Embedding ${ids}${units}${ngrams === 1 ? '' : ofRuns}`;
}

function describeWide({ wide }: RecurrentModelConfig): string[] {
  return wide === 'none' ? [] : [`bag of words (${wide.weighting})`];
}

const cellNames = { gru: 'GRU', lstm: 'LSTM', simpleRnn: 'SimpleRNN' } as const;

function describeLayer(layer: RecurrentLayerConfig): string {
  const { cell, units, bidirectional } = layer;
  const form = [
    ...(cell === 'gru' && !layer.resetAfter ? ['reset before'] : []),
    ...(cell === 'simpleRnn' && layer.activation !== 'tanh' ? [layer.activation] : []),
    // What is dropped in training has no say in what a model computes afterwards, but this has.
    ...(layer.zoneout > 0 ? [`zoneout ${layer.zoneout}`] : []),
    ...(cell === 'lstm' && layer.cellZoneout > 0 ? [`cell zoneout ${layer.cellZoneout}`] : []),
  ];
  const inBrackets = form.length > 0 ? ` (${form.join(', ')})` : '';
  return `${bidirectional ? 'bidirectional ' : ''}${cellNames[cell]} ${units}${inBrackets}`;
}

/** Of runs, or of the configs that are to be trained: `3 x bigru-full`. */
function namesOf(model: EnsembleConfig): string[] {
  const runs = joinedMembers(model).map(({ name }) => name);
  const configs = plannedMembers(model).map(({ config, seeds }) =>
    seeds === 1 ? config : `${seeds} x ${config}`,
  );
  return [...runs, ...configs];
}
