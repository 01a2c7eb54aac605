/** Lengths up to here are counted one by one; longer ones in classes that are at most 1/128 wide. */
const exactUpTo = 65_536;

/** Lengths of texts in one unit. */
export interface LengthSummary {
  readonly mean: number;
  readonly minimum: number;
  /** The least length that this share of the texts does not exceed; above 65,536 within 1 %. */
  readonly quantiles: Readonly<Record<'5' | '25' | '50' | '75' | '95' | '99', number>>;
  readonly maximum: number;
  /** Classes of equal width from the first that is not empty, the last one open to the maximum; texts in each. */
  readonly histogram: readonly { readonly from: number; readonly to: number; readonly texts: number }[];
}

/** How many texts have which length: a bounded number of counts, however many texts there are. */
export class LengthCounts {
  private readonly counts = new Map<number, number>();
  private sum = 0;
  private minimum = Number.POSITIVE_INFINITY;
  private maximum = 0;
  texts = 0;

  /** @param length a whole number, not negative */
  add(length: number): void {
    const place = length <= exactUpTo ? length : roundedUp(length);
    this.counts.set(place, (this.counts.get(place) ?? 0) + 1);
    this.sum += length;
    this.minimum = Math.min(this.minimum, length);
    this.maximum = Math.max(this.maximum, length);
    this.texts += 1;
  }

  /** The least length that `share` (0 to 1) of the texts does not exceed; 0 without any text. */
  quantile(share: number): number {
    let left = Math.max(1, Math.ceil(share * this.texts));
    for (const [length, texts] of this.sorted()) {
      left -= texts;
      if (left <= 0) return Math.min(length, this.maximum);
    }
    return this.maximum;
  }

  /** Share of the texts that are at most so long; 1 without any text. */
  shareWithin(length: number): number {
    let within = 0;
    for (const [each, texts] of this.counts) if (each <= length) within += texts;
    return this.texts === 0 ? 1 : within / this.texts;
  }

  /** @param bins most classes of the histogram; default 10 */
  summary({ bins = 10 }: { bins?: number } = {}): LengthSummary {
    const { texts, sum, maximum } = this;
    const [p5, p25, p50, p75, p95, p99] = [0.05, 0.25, 0.5, 0.75, 0.95, 0.99].map((share) =>
      this.quantile(share),
    );
    return {
      mean: texts === 0 ? 0 : sum / texts,
      minimum: texts === 0 ? 0 : this.minimum,
      quantiles: { '5': p5, '25': p25, '50': p50, '75': p75, '95': p95, '99': p99 },
      maximum,
      histogram: this.histogram(bins),
    };
  }

  /** Up to the 99th percentile, so that one very long text does not push all others into one class. */
  private histogram(bins: number): LengthSummary['histogram'] {
    if (this.texts === 0) return [];
    const width = roundWidth((this.quantile(0.99) + 1) / bins);
    const counts = new Array<number>(bins).fill(0);
    for (const [length, texts] of this.counts)
      counts[Math.min(bins - 1, Math.floor(length / width))] += texts;
    const first = counts.findIndex((texts) => texts > 0);
    const last = counts.findLastIndex((texts) => texts > 0);
    return counts.slice(first, last + 1).map((texts, place) => {
      const from = (first + place) * width;
      return { from, to: first + place === last ? Math.max(this.maximum, from) : from + width - 1, texts };
    });
  }

  private sorted(): [number, number][] {
    return [...this.counts].sort(([one], [other]) => one - other);
  }
}

/** To a multiple of 1/128 of the power of two below. */
function roundedUp(length: number): number {
  const step = 2 ** (Math.floor(Math.log2(length)) - 7);
  return Math.ceil(length / step) * step;
}

/** 1, 2, 2.5 or 5 times a power of ten, and whole. */
function roundWidth(width: number): number {
  if (width <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(width));
  const factor = [1, 2, 2.5, 5, 10].find(
    (factor) => factor * power >= width && Number.isInteger(factor * power),
  );
  return (factor ?? 10) * power;
}
