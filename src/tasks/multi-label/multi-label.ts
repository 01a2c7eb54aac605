import { tensor2d } from '@tensorflow/tfjs-core';
import { binaryCrossentropy } from '../../layers/crossentropy.js';
import { binaryLogLoss } from '../../metrics/log-loss.js';
import { precisionRecallF1 } from '../../metrics/precision-recall-f1.js';
import { binaryTargets } from '../binary-targets.js';
import type { Decision } from '../decision.js';
import { lossForm } from '../figure.js';
import { labelLayer } from '../label-layer.js';
import { temperOutputs } from '../output-logits.js';
import type { Answers, ChosenTargets, Task } from '../task.js';
import { weighSeveralLabels } from '../weigh-several-labels.js';
import { evaluateSeveral, type SeveralAnswers } from './evaluate-several.js';
import { growSeveral } from './grow-several.js';
import { severalLoss } from './several-loss.js';
import { targetMatrix } from './target-matrix.js';

/** None, one or several labels for each text. A target is the list of their indices; each label has a sigmoid of its own. */
export function multiLabel(labels: readonly string[], decision?: Decision): Task {
  const labelCount = labels.length;
  const { temperatures } = decision ?? {};
  const thresholds = labels.map((_, label) => decision?.thresholds?.[label] ?? 0.5);
  const truthOf = ({ targets, examples }: ChosenTargets) => targetMatrix(targets, examples, { labelCount });

  function probabilitiesOf(outputs: ArrayLike<number>): Float64Array {
    if (!temperatures) return Float64Array.from(outputs);
    return temperOutputs(outputs, { columns: labelCount, exclusive: false, temperatures });
  }

  function answered(probabilities: Float64Array): Uint8Array {
    const yes = new Uint8Array(probabilities.length);
    for (let place = 0; place < yes.length; place++) {
      yes[place] = Number(probabilities[place] >= thresholds[place % labelCount]);
    }
    return yes;
  }

  function read({ outputs, targets }: Answers): SeveralAnswers {
    const examples = Int32Array.from({ length: outputs.length / labelCount }, (_, example) => example);
    const probabilities = probabilitiesOf(outputs);
    return { truth: truthOf({ targets, examples }), probabilities, predicted: answered(probabilities) };
  }

  return {
    ...{ name: 'multiLabel', labels, columns: labelCount, decision },
    exclusive: false,
    thresholdLabels: labels.map((_, label) => label),
    outputText: `Dense ${labelCount} (sigmoid)`,
    head: (features, options) =>
      labelLayer(features, { columns: labelCount, activation: 'sigmoid', ...options }),
    growHead: growSeveral,
    loss(logits, chosen) {
      const { examples, weights, smoothing, positiveWeights } = chosen;
      const shape: [number, number] = [examples.length, labelCount];
      const binary = binaryTargets(truthOf(chosen), {
        ...{ columns: labelCount, smoothing, positiveWeights },
        rowWeights: weights && Float32Array.from(examples, (example) => weights[example]),
      });
      return binaryCrossentropy(tensor2d(binary.labels, shape), logits, {
        weights: binary.weights && tensor2d(binary.weights, shape),
      });
    },
    weighLabels: (targets, weights, options) =>
      weighSeveralLabels(targets, weights, { ...options, labelCount }),
    exampleLoss: severalLoss,
    count(logits, { targets, examples }) {
      const truth = truthOf({ targets, examples });
      return countsOf(truth, (place) => logits[place] >= 0);
    },
    figures: (counts) => ({ microF1: microF1(counts) }),
    reported: [lossForm, { name: 'microF1', title: 'micro F1', form: 'share' }],
    deciding: lossForm,
    validate(answers) {
      const { truth, probabilities, predicted } = read(answers);
      return {
        loss: binaryLogLoss(truth, probabilities),
        microF1: microF1(countsOf(truth, (place) => predicted[place] === 1)),
      };
    },
    evaluate: (answers) => evaluateSeveral(read(answers), labels),
    correct(answers) {
      const { truth, predicted } = read(answers);
      return Uint8Array.from({ length: truth.length / labelCount }, (_, row) => {
        const end = (row + 1) * labelCount;
        let place = row * labelCount;
        while (place < end && truth[place] === predicted[place]) place++;
        return Number(place === end);
      });
    },
    answer(outputs) {
      const probabilities = probabilitiesOf(outputs);
      const yes = answered(probabilities);
      const named = labels.filter((_, label) => yes[label] === 1);
      // Of exactly these labels, each being decided by itself.
      const probability = probabilities.reduce(
        (product, of, label) => product * (yes[label] === 1 ? of : 1 - of),
        1,
      );
      const record = {
        ...{ labels: named, probability },
        probabilities: Object.fromEntries(labels.map((name, index) => [name, probabilities[index]])),
      };
      return { summary: named.length > 0 ? named.join(', ') : '-', probability, record };
    },
    truth: (targets) => Array.from(targets, (label) => labels[label]),
  };
}

/** What micro F1 is made of: it can be added up over the steps of an epoch, as F1 itself cannot. */
interface YesCounts extends Record<string, number> {
  readonly hits: number;
  readonly predicted: number;
  readonly support: number;
}

function countsOf(truth: Uint8Array, isYes: (place: number) => boolean): YesCounts {
  let [hits, predicted, support] = [0, 0, 0];
  for (let place = 0; place < truth.length; place++) {
    const yes = isYes(place);
    if (yes) predicted += 1;
    if (truth[place] === 1) support += 1;
    if (yes && truth[place] === 1) hits += 1;
  }
  return { hits, predicted, support };
}

function microF1({ hits, predicted, support }: Readonly<Record<string, number>>): number {
  return precisionRecallF1({ hits, predicted, support }).f1;
}
