import { formatPercent } from '../formats/numbers.js';
import type { LabelProbability, Prediction } from '../prediction/prediction.js';
import { colorsFor } from '../terminal/colors.js';
import { columnsOf, cropToWidth, displayWidth, toOneLine } from '../terminal/display-width.js';

const noneOfThese = 'none of these';

/** Columns of the bar that shows the probability. */
const barWidth = 10;

/**
 * How an answer is shown to a person: `positive  97.3 %  ━━━━━━━━━━  What a wonderful film`, on one line of the terminal;
 * `-` where it is less probable than was asked for, `none of these` where the text is foreign.
 */
export function lineFormat(labels: readonly string[]): (prediction: Prediction) => string {
  const colors = colorsFor(process.stdout);
  const labelWidth = Math.max(...labels.map(displayWidth));
  return (prediction) => {
    const { probability, note, text, top } = prediction;
    const summary = summaryOf(prediction);
    const name = summary + ' '.repeat(Math.max(0, labelWidth - displayWidth(summary)));
    const full = Math.round(probability * barWidth);
    const listed = top && topText(top);
    const said = [listed, note && `(${note})`].map((part) => (part ? `${part}  ` : '')).join('');
    const percent = formatPercent(probability).padStart('100.0 %'.length);
    const taken = displayWidth(name) + percent.length + barWidth + displayWidth(said) + 3 * 2;
    const rest = cropToWidth(toOneLine(text), columnsOf(process.stdout) - taken);
    const bar = colors.cyan('━'.repeat(full)) + colors.dim('╌'.repeat(barWidth - full));
    return `${colors.bold(name)}  ${percent}  ${bar}  ${colors.yellow(said)}${rest}`.trimEnd();
  };
}

function summaryOf({ unknown, labels, summary }: Prediction): string {
  if (unknown) return noneOfThese;
  return labels.length > 0 ? summary : '-';
}

/** `good 61.0 %, fair 30.2 %` */
function topText(top: readonly LabelProbability[]): string {
  return top.map(({ label, probability }) => `${label} ${formatPercent(probability)}`).join(', ');
}
