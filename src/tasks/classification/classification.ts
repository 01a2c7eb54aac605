import { type Tensor, type Tensor1D, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { binaryCrossentropy, sparseCategoricalCrossentropy } from '../../layers/crossentropy.js';
import { accuracy } from '../../metrics/accuracy.js';
import { logLoss } from '../../metrics/log-loss.js';
import { predictedLabels } from '../../metrics/predicted-labels.js';
import { binaryTargets } from '../binary-targets.js';
import type { Decision } from '../decision.js';
import { lossForm } from '../figure.js';
import { labelLayer } from '../label-layer.js';
import { temperOutputs } from '../output-logits.js';
import type { Answers, Task } from '../task.js';
import { evaluateLabels } from './evaluate-labels.js';
import { labelLoss } from './example-loss.js';
import { growColumns } from './grow-columns.js';
import { bestLabel, labelColumns, labelProbabilities } from './label-columns.js';
import { pseudoLabels } from './pseudo-labels.js';
import { weighOneLabel } from './weigh-one-label.js';

/** One label of two or more for each text. A target is the label's index. */
export function classification(labels: readonly string[], decision?: Decision): Task {
  const labelCount = labels.length;
  const { columns, activation } = labelColumns(labelCount);
  const exclusive = activation === 'softmax';
  const { temperatures, thresholds } = decision ?? {};
  const threshold = exclusive ? null : (thresholds?.[0] ?? null);

  function probabilitiesOf(outputs: ArrayLike<number>, rows: number): Float64Array {
    const calibrated = temperatures ? temperOutputs(outputs, { columns, exclusive, temperatures }) : outputs;
    return labelProbabilities(calibrated, { rows, labelCount });
  }

  function answered(probabilities: Float64Array): Int32Array {
    if (threshold === null) return predictedLabels(probabilities, labelCount);
    return Int32Array.from({ length: probabilities.length / 2 }, (_, row) =>
      Number(probabilities[2 * row + 1] >= threshold),
    );
  }

  /** `[examples]` labels, `[examples, labels]` probabilities and the `[examples]` labels that are answered. */
  function read({ outputs, targets }: Answers) {
    const truth = targets.values;
    const probabilities = probabilitiesOf(outputs, truth.length);
    return { truth, probabilities, predicted: answered(probabilities) };
  }

  return {
    ...{ name: 'classification', labels, columns, decision },
    exclusive: true,
    thresholdLabels: exclusive ? [] : [1],
    outputText: `Dense ${columns} (${activation})`,
    head: (features, options) => labelLayer(features, { columns, activation, ...options }),
    growHead: growColumns,
    loss(logits: Tensor, { targets, examples, weights, smoothing = 0 }) {
      const truth = examples.map((example) => targets.values[example]);
      const factors = weights && Float32Array.from(examples, (example) => weights[example]);
      if (activation === 'softmax') {
        const options = { weights: factors && tensor1d(factors), smoothing };
        return sparseCategoricalCrossentropy(tensor1d(truth, 'int32') as Tensor1D, logits, options);
      }
      const shape: [number, number] = [truth.length, 1];
      const binary = binaryTargets(truth, { columns: 1, rowWeights: factors, smoothing });
      return binaryCrossentropy(tensor2d(binary.labels, shape), logits, {
        weights: binary.weights && tensor2d(binary.weights, shape),
      });
    },
    weighLabels: (targets, weights, options) => weighOneLabel(targets, weights, { ...options, labelCount }),
    pseudoLabels: (outputs) => pseudoLabels(probabilitiesOf(outputs, outputs.length / columns), labelCount),
    exampleLoss: labelLoss(labelCount),
    count(logits, { targets, examples }) {
      let correct = 0;
      examples.forEach((example, row) => {
        const ofRow = Array.prototype.slice.call(logits, row * columns, (row + 1) * columns);
        if (bestLabel(ofRow, labelCount) === targets.values[example]) correct += 1;
      });
      return { correct };
    },
    figures: ({ correct }, examples) => ({ accuracy: correct / examples }),
    reported: [lossForm, { name: 'accuracy', title: 'accuracy', form: 'share' }],
    deciding: lossForm,
    validate(answers) {
      const { truth, probabilities, predicted } = read(answers);
      return { loss: logLoss(truth, probabilities), accuracy: accuracy(truth, predicted) };
    },
    evaluate(answers) {
      const { truth, ...answered } = read(answers);
      return evaluateLabels(truth, answered, labels);
    },
    correct(answers) {
      const { truth, predicted } = read(answers);
      return Uint8Array.from(predicted, (label, row) => Number(label === truth[row]));
    },
    answer(outputs) {
      const probabilities = probabilitiesOf(outputs, 1);
      const [best] = answered(probabilities);
      const label = labels[best];
      const record = {
        ...{ label, probability: probabilities[best] },
        probabilities: Object.fromEntries(labels.map((name, index) => [name, probabilities[index]])),
      };
      return { summary: label, probability: probabilities[best], record };
    },
    truth: ({ 0: label }) => labels[label],
  };
}
