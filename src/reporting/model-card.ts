import { describeDataset } from './dataset-text.js';
import { formatInteger, formatSeconds, formatShare } from './format-number.js';
import { epochPoints, keptEpoch } from './metric-series.js';
import { describeModel, describeText, describeWords, sharedIds } from './model-text.js';
import type { RunDescription } from './run-description.js';

/**
 * README.md of a run, its model card (Mitchell et al., "Model Cards for Model Reporting", 2019): what the model is, its
 * data, how it was trained, how good it is, how to use it, and what it is not for.
 */
export function modelCard(run: RunDescription): string {
  const { name, labels } = run;
  return `# ${name}

A text classifier trained with imdb-rnn${run.version ? ` ${run.version}` : ''}. It reads an English film review and answers ${quoted(labels)}, with a probability.

## Model

${lines(modelFacts(run))}

## Data

${describeDataset(run.config.dataset)}

${lines(dataFacts(run))}

## Training

${lines(trainingFacts(run))}

All settings stand in \`config.yaml\`, all curves in \`report.html\`, versions, machine and checksums in \`run.json\`.

## Results

${results(run)}

## Use

\`\`\`sh
imdb-rnn predict --run ${name} "A film that I will watch again."
imdb-rnn eval --run ${name}
\`\`\`

The folder is complete in itself: copy it anywhere and name its path in \`--run\`. \`model.json\` and \`weights.bin\` are a TensorFlow.js layers model.

## Limits

- It has seen film reviews in English and nothing else; other texts and languages get an answer that means little.
- It reads ${describeText(run.config.text)} and nothing ${beyondPart[run.config.text.keep]} that.
- Irony, comparisons and reviews of two minds are where it errs most. A probability near 50 % is a guess, and one near 100 % is still wrong at times: the probabilities are not calibrated.
- It is made for learning and for benchmarks; do not decide about people with it.
`;
}

type Fact = string | false | undefined;
const lines = (facts: readonly Fact[]) =>
  facts
    .filter(Boolean)
    .map((fact) => `- ${fact}`)
    .join('\n');
const quoted = (labels: readonly string[]) => labels.map((label) => `"${label}"`).join(' or ');
const present = (value: unknown) => value !== undefined && value !== null;

function modelFacts({ config, facts, ...rest }: RunDescription): Fact[] {
  return [
    describeModel({ config, facts, ...rest }),
    present(facts.parameters) && `${formatInteger(facts.parameters!)} parameters`,
    `Words: ${facts.knownTokens ? `${formatInteger(facts.knownTokens)} known ones` : 'vocabulary.txt'}, and ` +
      (sharedIds(config) > 0
        ? `${formatInteger(sharedIds(config))} shared rows for all others, chosen by a hash of the word`
        : 'one row for all others, or none'),
  ];
}

function dataFacts({ config, facts }: RunDescription): Fact[] {
  return [
    `The model reads ${describeText(config.text)}: ${describeWords(config)}`,
    present(facts.trainingReviews) &&
      `${formatInteger(facts.trainingReviews!)} reviews of the train split to learn from` +
        (facts.validationReviews
          ? `, ${formatInteger(facts.validationReviews)} held out to choose the epoch`
          : ''),
    'The test split took no part in the training',
  ];
}

function trainingFacts({ config, facts, metrics }: RunDescription): Fact[] {
  const { epochs } = config.training;
  const done = epochPoints(metrics).length;
  const kept = keptEpoch(epochPoints(metrics));
  return [
    `${describeOptimizer(config)}, seed ${config.seed}`,
    `${done} of ${epochs} epochs${kept ? `; the weights of epoch ${kept.epoch} are kept, ${describeChoice(config)}` : ''}`,
    present(facts.seconds) && `${formatSeconds(facts.seconds!)} in all`,
    facts.backend && `backend ${facts.backend}${facts.threads ? `, ${facts.threads} threads` : ''}`,
  ];
}

function describeOptimizer({ model, training }: RunDescription['config']): string {
  const { optimizer, batchSize } = training;
  if (model.type === 'bagOfWords') return `dual coordinate descent, C ${model.inverseRegularization}`;
  const rate = `${optimizer.name}, learning rate ${optimizer.learningRate}`;
  return model.type === 'averagedEmbedding'
    ? `${rate} falling to 0, one review at a time`
    : `${rate}, batches of ${batchSize}`;
}

function describeChoice({ model, training }: RunDescription['config']): string {
  if (model.type === 'bagOfWords') return 'the nearest to the optimum';
  return training.validationSplit > 0 ? 'the best on the held-out reviews' : 'the last ones';
}

function results({ metrics, evaluation }: RunDescription): string {
  const kept = keptEpoch(epochPoints(metrics));
  const rows = [
    kept && ['training', formatShare(kept.accuracy), kept.loss.toFixed(4), '-'],
    kept &&
      present(kept.validationAccuracy) && [
        'held out (validation)',
        formatShare(kept.validationAccuracy!),
        present(kept.validationLoss) ? kept.validationLoss!.toFixed(4) : '-',
        '-',
      ],
    evaluation && [
      `${evaluation.split}`,
      `${formatShare(evaluation.result.accuracy)} (95 %: ${evaluation.result.accuracyInterval.map(formatShare).join(' to ')})`,
      evaluation.result.loss.toFixed(4),
      evaluation.result.rocAuc?.toFixed(4) ?? '-',
    ],
  ].filter((row) => Array.isArray(row));
  if (rows.length === 0) return 'No epoch has ended yet.';
  const table = [['reviews', 'accuracy', 'loss', 'ROC AUC'], ['---', '---', '---', '---'], ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
  return evaluation ? table : `${table}\n\n\`imdb-rnn eval\` measures the test split.`;
}

/** Where the rest of a text lies that a model does not read. */
const beyondPart = { start: 'after', end: 'before', both: 'between' };
