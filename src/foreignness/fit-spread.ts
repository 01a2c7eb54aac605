/** A text's mean cost a character, in nats, and its number of characters. */
export interface Surprise {
  readonly mean: number;
  readonly grams: number;
}

/** What the surprise of texts of the training's kind is like, by their length. */
export interface Spread {
  /** Mean surprise of held-out texts, in nats a character. */
  readonly mean: number;
  /** Variance of a text's surprise: `between` texts, however long they are, plus `within` divided by its characters. */
  readonly between: number;
  readonly within: number;
  /** A text is none of the model's whose surprise is above the mean by more than so many standard deviations of texts of its length. */
  readonly threshold: number;
}

/** Beginnings may be called foreign so many times as often as whole texts. */
const mostOfBeginnings = 2;

/** By what the variance that chance adds may be enlarged: up to tenfold. */
const enlargements = Array.from({ length: 25 }, (_, step) => 1.1 ** step);

/** Variances below are taken for this: nats squared. */
export const leastVariance = 1e-6;

/**
 * Fits mean and variance of the surprise of held-out texts, and a threshold that the given share of whole ones exceeds.
 *
 * The variance's two parts are fitted by least squares to the squared deviations of the texts and of their beginnings,
 * weighted so that each length counts by its own variance. Short texts' surprise has a longer tail than whole ones': the part
 * that chance adds is then enlarged until of the beginnings of no length more than twice that share exceed the threshold, and left as
 * it was where that is not reached.
 *
 * @param whole surprise of held-out texts, at least one
 * @param beginnings surprise of their beginnings: a list a length
 * @param options.quantile share of whole texts, above 0 and below 1
 */
export function fitSpread(
  whole: readonly Surprise[],
  beginnings: readonly (readonly Surprise[])[],
  { quantile }: { quantile: number },
): Spread {
  const mean = whole.reduce((sum, { mean }) => sum + mean, 0) / whole.length;
  const fitted = { mean, ...fitVariance([...whole, ...beginnings.flat()], mean) };
  const judged = enlargements.map((factor) => {
    const spread = { ...fitted, within: fitted.within * factor };
    return { ...spread, threshold: exceededBy(quantile, whole, spread) };
  });
  const keepsTo = (spread: Spread) =>
    beginnings.every(
      (texts) =>
        texts.filter((each) => excessOf(each, spread) > spread.threshold).length <=
        mostOfBeginnings * quantile * texts.length,
    );
  return judged.find(keepsTo) ?? judged[0];
}

/** The excess that so large a share of texts exceeds, at most. */
function exceededBy(share: number, texts: readonly Surprise[], spread: Variances): number {
  const excesses = Float64Array.from(texts, (each) => excessOf(each, spread)).sort();
  const place = Math.min(excesses.length - 1, Math.ceil((1 - share) * excesses.length) - 1);
  return excesses[Math.max(0, place)];
}

/** By how many standard deviations of texts of its length a surprise is above the mean. */
export function excessOf(surprise: Surprise, { mean, between, within }: Variances): number {
  return (surprise.mean - mean) / Math.sqrt(between + within / surprise.grams);
}

type Variances = Omit<Spread, 'threshold'>;

function fitVariance(surprises: readonly Surprise[], mean: number): { between: number; within: number } {
  let [weights, firsts, seconds, squares, products] = [0, 0, 0, 0, 0];
  for (const surprise of surprises) {
    const inverse = 1 / surprise.grams;
    const square = (surprise.mean - mean) ** 2;
    // Squared deviations scatter as their expectation squared, which is about proportional to this.
    const weight = 1 / (0.01 + inverse) ** 2;
    weights += weight;
    firsts += weight * inverse;
    seconds += weight * inverse ** 2;
    squares += weight * square;
    products += weight * square * inverse;
  }
  const determinant = weights * seconds - firsts ** 2;
  // Texts that all have one length do not tell the parts apart.
  if (!(determinant > 1e-12 * weights * seconds)) {
    return { between: Math.max(leastVariance, squares / weights), within: 0 };
  }
  return {
    between: Math.max(leastVariance, (seconds * squares - firsts * products) / determinant),
    within: Math.max(0, (weights * products - firsts * squares) / determinant),
  };
}
