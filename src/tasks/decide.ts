import { targetsOfExample } from '../batches/targets.js';
import { chooseThreshold, type ThresholdDemand } from '../metrics/choose-threshold.js';
import { fitTemperature, fitTemperatures, type TemperatureFit } from '../metrics/fit-temperature.js';
import { labelColumn } from '../metrics/label-column.js';
import type { Decision, DecisionSettings } from './decision.js';
import { logitOf, logOf, temperOutputs } from './output-logits.js';
import type { Answers, Task } from './task.js';

type DecidedTask = Pick<Task, 'columns' | 'thresholdLabels' | 'exampleLoss'>;

/**
 * Chooses temperatures and thresholds on examples that the model has not learnt from: the temperatures first, then
 * thresholds of the calibrated probabilities.
 *
 * @param answers of held-out examples, outputs as the model gives them
 * @returns `undefined` where the settings ask for nothing
 */
export function decide(
  task: DecidedTask,
  answers: Answers,
  { threshold, calibrate }: DecisionSettings,
): Decision | undefined {
  if (threshold === 'none' && !calibrate) return undefined;
  const { columns, thresholdLabels } = task;
  const examples = answers.outputs.length / columns;
  if (examples === 0) return { examples };
  const exclusive = thresholdLabels.length === 0;
  const truth = columnTruth(task, answers);
  const temperatures = calibrate
    ? (exclusive ? ofSoftmax(answers, truth, columns) : ofSigmoids(answers, truth, columns)).map(fitted)
    : undefined;
  const probabilities = temperatures
    ? temperOutputs(answers.outputs, { columns, exclusive, temperatures })
    : answers.outputs;
  return {
    examples,
    ...(temperatures && { temperatures }),
    ...(threshold !== 'none' &&
      !exclusive && {
        thresholds: thresholdsOf(probabilities, truth, { columns, demand: threshold }),
        thresholdFor: threshold,
      }),
  };
}

/** 1 where the column should say yes, else 0, row-major `[rows, columns]`. */
function columnTruth({ columns, exampleLoss }: DecidedTask, { targets, outputs }: Answers): Uint8Array {
  if (!exampleLoss) throw new TypeError('this task does not tell what is true of a column');
  const truth = new Uint8Array(outputs.length);
  for (let example = 0; example < outputs.length / columns; example++) {
    const ofExample = targetsOfExample(targets, example);
    for (let column = 0; column < columns; column++) {
      truth[example * columns + column] = Number(exampleLoss.isTrue(column, ofExample));
    }
  }
  return truth;
}

function ofSigmoids({ outputs }: Answers, truth: Uint8Array, columns: number): TemperatureFit[] {
  return fitTemperatures(Float64Array.from(outputs, logitOf), truth, { labelCount: columns });
}

function ofSoftmax({ outputs }: Answers, truth: Uint8Array, columns: number): TemperatureFit[] {
  const labels = Int32Array.from({ length: truth.length / columns }, (_, row) =>
    truth.subarray(row * columns, (row + 1) * columns).indexOf(1),
  );
  return [fitTemperature(Float64Array.from(outputs, logOf), labels)];
}

const fitted = ({ temperature, refusal }: TemperatureFit) => (refusal === null ? temperature : null);

function thresholdsOf(
  probabilities: ArrayLike<number>,
  truth: Uint8Array,
  { columns, demand }: { columns: number; demand: ThresholdDemand },
): (number | null)[] {
  const options = { labelCount: columns };
  return Array.from({ length: columns }, (_, column) => {
    const [targets, scores] = [truth, probabilities].map((each) => labelColumn(each, column, options));
    return chooseThreshold(targets, scores, { for: demand }).threshold;
  });
}
