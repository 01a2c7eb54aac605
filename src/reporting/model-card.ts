import { datasetOf } from '../datasets/dataset-table.js';
import { formatDuration as formatSeconds } from '../formats/durations.js';
import { formatFigure } from '../formats/figure.js';
import { formatCount as formatInteger } from '../formats/numbers.js';
import { isFormerLayer } from '../runs/former-layers.js';
import type { Decision } from '../tasks/decision.js';
import type { Task } from '../tasks/task.js';
import { describeDecision } from './describe-decision.js';
import { describeDropping } from './describe-dropping.js';
import { describeModel, describeText, describeWords, sharedIds } from './describe-model.js';
import { describeSchedule } from './describe-schedule.js';
import { describeUpdates } from './describe-updates.js';
import { endedEpochs, epochPoints, keptEpoch, placeText } from './metric-series.js';
import type { RunDescription } from './run-description.js';

/**
 * README.md of a run, its model card (Mitchell et al., "Model Cards for Model Reporting", 2019): what the model is, its
 * data, how it was trained, how good it is, how to use it, and what it is not for.
 */
export function modelCard(run: RunDescription): string {
  const { name, task } = run;
  return `# ${name}

A text classifier ${run.config.model.type === 'ensemble' ? 'made' : 'trained'} with imdb-rnn${run.version ? ` ${run.version}` : ''}. It reads a text and answers ${answers(task)}, with a probability.

## Model

${lines(modelFacts(run))}

## Data

${datasetOf(run.config.dataset).describe(run.config.dataset)}

${lines(dataFacts(run))}

## Training

${lines(trainingFacts(run))}

All settings stand in \`config.yaml\`${run.config.model.type === 'ensemble' ? '' : ', all curves in `report.html`'}, versions, machine and checksums in \`run.json\`.

## Results

${results(run)}

## Use

\`\`\`sh
imdb-rnn predict --run ${name} "text"
imdb-rnn eval --run ${name}
\`\`\`

The folder is complete in itself: copy it anywhere and name its path in \`--run\`. ${loading(run)}

## Limits

- It has seen texts like those of its data and nothing else; other texts and languages get an answer that means little.
- ${run.config.model.type === 'ensemble' ? 'Its first member' : 'It'} reads ${describeText(run.config.text)} and nothing ${beyondPart[run.config.text.keep]} that.
- A probability near 50 % is a guess, and one near 100 % is still wrong at times${calibrationLimit(task)}.
- It is made for learning and for benchmarks; do not decide about people with it.
`;
}

/** What can load the model's files. */
function loading({ ownLayers }: RunDescription): string {
  const files = '`model.json` and `weights.bin` are a TensorFlow.js layers model';
  if (ownLayers === undefined) return '';
  if (ownLayers.length === 0) return `${files}, which stock TensorFlow.js loads with \`tf.loadLayersModel\`.`;
  if (ownLayers.some(isFormerLayer)) {
    return `${files} with layers of imdb-rnn 0.1.0 under the names of stock ones (${ownLayers.filter(isFormerLayer).join(', ')}): stock TensorFlow.js loads it, but throws or gives other numbers where texts are padded. Use it with imdb-rnn.`;
  }
  const kinds = ownLayers.map((kind) => (kind.includes('`') ? kind : `\`${kind}\``)).join(', ');
  return `${files} with layers of imdb-rnn (${kinds}): \`tf.loadLayersModel\` loads it after \`import 'imdb-rnn/backend'\`, and stock TensorFlow.js refuses it.`;
}

type Fact = string | false | undefined;
const lines = (facts: readonly Fact[]) =>
  facts
    .filter(Boolean)
    .map((fact) => `- ${fact}`)
    .join('\n');
/** Labels that are named one by one; of more only the number is told. */
const mostNamed = 12;

function answers({ labels, exclusive }: Task): string {
  const many = labels.length > mostNamed;
  if (!exclusive) {
    const which = many
      ? `${labels.length} labels (\`labels.txt\`)`
      : labels.map((label) => `"${label}"`).join(', ');
    return `none, one or several of ${which}`;
  }
  if (many) return `one of ${labels.length} labels (\`labels.txt\`)`;
  return labels.map((label) => `"${label}"`).join(' or ');
}

function calibrationLimit({ decision }: Task): string {
  const isCalibrated = decision?.temperatures?.some((temperature) => temperature !== null);
  return isCalibrated
    ? '; the probabilities are calibrated for texts like those that were held out'
    : ': the probabilities are not calibrated';
}

const present = (value: unknown) => value !== undefined && value !== null;

function modelFacts({ config, facts, ...rest }: RunDescription): Fact[] {
  const common = [
    describeModel({ config, facts, ...rest }),
    present(facts.parameters) && `${formatInteger(facts.parameters!)} parameters`,
  ];
  if (config.model.type === 'ensemble') {
    return [...common, 'Each member has words of its own, `members/<n>/vocabulary.txt`'];
  }
  return [
    ...common,
    `Words: ${facts.knownTokens ? `${formatInteger(facts.knownTokens)} known ones` : 'vocabulary.txt'}, and ` +
      (sharedIds(config) > 0
        ? `${formatInteger(sharedIds(config))} shared rows for all others, chosen by a hash of the word`
        : 'one row for all others, or none'),
    describeDropping(config.model),
  ];
}

function dataFacts({ config, facts, testLooks = 0 }: RunDescription): Fact[] {
  const isEnsemble = config.model.type === 'ensemble';
  return [
    `The ${isEnsemble ? 'first member' : 'model'} reads ${describeText(config.text)}: ${describeWords(config)}`,
    isEnsemble && 'The others read as `members/<n>/config.yaml` says',
    present(facts.trainingExamples) &&
      `${formatInteger(facts.trainingExamples!)} ${config.text.excerpts !== 'none' ? 'texts and excerpts of them' : 'examples'} of the train split to learn from` +
        (facts.validationExamples
          ? `, ${formatInteger(facts.validationExamples)} held out to choose the epoch`
          : ''),
    config.training.teacher !== 'none' &&
      `Among them texts without a label, as the run \`${config.training.teacher.run}\` answers them`,
    facts.features && `Beside each text: ${facts.features.map(({ name }) => name).join(', ')}`,
    `The test split took no part in the training${describeLooks(testLooks)}`,
  ];
}

/** Settings that are chosen by the test split do worse on other texts than on it. */
function describeLooks(looks: number): string {
  if (looks === 0) return '';
  return `; its figures were looked at ${looks === 1 ? 'once' : `${looks} times`} (\`test-looks.jsonl\`)`;
}

function trainingFacts({ config, facts, metrics, task }: RunDescription): Fact[] {
  const { epochs } = config.training;
  const points = epochPoints(metrics);
  const done = endedEpochs(points);
  const kept = keptEpoch(points);
  if (config.model.type === 'ensemble') {
    return [
      'Each member was trained by itself, as `members/<n>/config.yaml` says; the ensemble was not',
      ...describeDecision(task, task.decision),
      present(facts.seconds) && `${formatSeconds(facts.seconds!)} in all for the members`,
    ];
  }
  return [
    `${describeOptimizer(config)}, seed ${config.seed}`,
    ...describeLoss(config),
    ...describeSchedule(config.training),
    ...describeUpdates(config.training),
    `${done} of ${epochs} epochs${kept ? `; the weights of ${placeText(kept)} are kept, ${describeChoice(config)}` : ''}`,
    ...describeDecision(task, task.decision ?? unchosen(config)),
    present(facts.seconds) && `${formatSeconds(facts.seconds!)} in all`,
    facts.backend && `backend ${facts.backend}${facts.threads ? `, ${facts.threads} threads` : ''}`,
  ];
}

/** Where a config asks for a choice, but no examples were held out to choose on. */
function unchosen({ training }: RunDescription['config']): Decision | undefined {
  const isAsked = training.threshold !== 'none' || training.calibrate;
  return isAsked && training.validationSplit === 0 ? { examples: 0 } : undefined;
}

function describeOptimizer({ model, training }: RunDescription['config']): string {
  const { optimizer, batchSize, accumulate } = training;
  const batches = `batches of ${batchSize}${accumulate > 1 ? `, ${accumulate} of them a step` : ''}`;
  if (model.type === 'bagOfWords') return `dual coordinate descent, C ${model.inverseRegularization}`;
  const rate = `${optimizer!.name}, learning rate ${optimizer!.learningRate}`;
  return model.type === 'averagedEmbedding'
    ? `${rate} falling to 0, one example at a time`
    : `${rate}, ${batches}`;
}

/** What makes the training loss another one than the one that is measured. */
function describeLoss({ training }: RunDescription['config']): Fact[] {
  const { classWeights, labelSmoothing, adversarial, rDrop } = training;
  const weights =
    classWeights === 'balanced'
      ? 'every label counts as much as the others'
      : Object.entries(classWeights === 'none' ? {} : classWeights)
          .map(([label, weight]) => `"${label}" counts ${weight} times`)
          .join(', ');
  return [
    weights,
    labelSmoothing > 0 && `labels are smoothed by ${labelSmoothing}`,
    adversarial !== 'none' &&
      `adversarial training of the word vectors, epsilon ${adversarial.epsilon}, weight ${adversarial.weight}`,
    rDrop !== 'none' && `two passes are to answer alike (R-Drop), weight ${rDrop.weight}`,
  ];
}

function describeChoice({ model, training }: RunDescription['config']): string {
  if (model.type === 'bagOfWords') return 'the nearest to the optimum';
  return training.validationSplit > 0 ? 'the best on the held-out examples' : 'the last ones';
}

function results({ config, task, metrics, evaluation }: RunDescription): string {
  const kept = keptEpoch(epochPoints(metrics));
  const { reported } = task;
  const row = (title: string, figures: Readonly<Record<string, number>>) => [
    title,
    ...reported.map(({ name, form }) => formatFigure(figures[name], form)),
  ];
  const rows = [
    ...(kept ? [row('training', kept.training)] : []),
    ...(kept?.validation ? [row('held out (validation)', kept.validation)] : []),
  ];
  if (rows.length === 0 && !evaluation && config.model.type !== 'ensemble') return 'No epoch has ended yet.';
  const training = markdownTable(['examples', ...reported.map(({ title }) => title)], rows);
  const measure = '`imdb-rnn eval` measures the test split.';
  if (!evaluation) return rows.length > 0 ? `${training}\n\n${measure}` : measure;
  const { split, result } = evaluation;
  const measured = result.figures.map(({ title, value, form, interval }) => {
    const bounds = interval?.map((bound) => formatFigure(bound, form)).join(' to ') ?? '';
    return [title, formatFigure(value, form), bounds];
  });
  const count = formatFigure(result.examples, 'count');
  const table = markdownTable([`${split} split, ${count} examples`, '', '95 % interval'], measured);
  return rows.length > 0 ? `${training}\n\n${table}` : table;
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Where the rest of a text lies that a model does not read. */
const beyondPart = { start: 'after', end: 'before', both: 'between' };
