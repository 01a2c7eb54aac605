/** The mean log loss of logits times `sharpness`, and its first two derivatives by the sharpness. */
export interface TemperatureLoss {
  /** Nats. */
  readonly loss: number;
  readonly slope: number;
  /** At least 0: the loss is convex in the sharpness. */
  readonly curvature: number;
}

/**
 * Log loss at a temperature of 1 / sharpness. With z the logits less the row's highest, and p = softmax(sharpness x z): the
 * loss of a row is log(sum(exp(sharpness x z))) - sharpness x z(label), its slope mean(z) - z(label), its curvature
 * var(z), mean and variance by p. A sigmoid's z is a softmax over 0 and z.
 *
 * @param logits row-major `[rows, columns]`; one column is a sigmoid's
 * @param labels true label of each row, `[rows]`
 * @param sharpness 0 or more
 */
export function temperatureLoss(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: { sharpness: number },
): TemperatureLoss {
  const rows = labels.length;
  const columns = logits.length / rows;
  return columns === 1 ? ofSigmoid(logits, labels, options) : ofSoftmax(logits, labels, options);
}

function ofSigmoid(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  { sharpness }: { sharpness: number },
): TemperatureLoss {
  const rows = labels.length;
  let [loss, slope, curvature] = [0, 0, 0];
  for (let row = 0; row < rows; row += 1) {
    const margin = labels[row] === 1 ? logits[row] : -logits[row];
    // exp of what is not above 0 cannot overflow.
    const tail = Math.exp(-Math.abs(sharpness * margin));
    const ofWrong = (margin > 0 ? tail : 1) / (1 + tail);
    loss += Math.max(0, -sharpness * margin) + Math.log1p(tail);
    slope -= margin * ofWrong;
    curvature += margin * margin * (tail / (1 + tail) ** 2);
  }
  return { loss: loss / rows, slope: slope / rows, curvature: curvature / rows };
}

function ofSoftmax(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  { sharpness }: { sharpness: number },
): TemperatureLoss {
  const rows = labels.length;
  const columns = logits.length / rows;
  let [loss, slope, curvature] = [0, 0, 0];
  for (let row = 0; row < rows; row += 1) {
    const start = row * columns;
    let highest = -Infinity;
    for (let column = 0; column < columns; column += 1) highest = Math.max(highest, logits[start + column]);
    let [sum, sumOfZ, sumOfSquares] = [0, 0, 0];
    for (let column = 0; column < columns; column += 1) {
      const z = logits[start + column] - highest;
      const weight = Math.exp(sharpness * z);
      sum += weight;
      sumOfZ += weight * z;
      sumOfSquares += weight * z * z;
    }
    const ofLabel = logits[start + labels[row]] - highest;
    const mean = sumOfZ / sum;
    loss += Math.log(sum) - sharpness * ofLabel;
    slope += mean - ofLabel;
    curvature += sumOfSquares / sum - mean * mean;
  }
  return { loss: loss / rows, slope: slope / rows, curvature: curvature / rows };
}
