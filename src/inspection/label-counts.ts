/** A label and how many texts have it. */
export interface LabelCount {
  readonly label: string;
  readonly count: number;
}

/** Different labels that are counted; a column with more holds no labels. */
const maximumLabels = 100_000;

/** Counts labels and the sets of them that texts have. */
export class LabelCounts {
  private readonly ids = new Map<string, number>();
  private readonly counts: number[] = [];
  private readonly sets = new Map<string, number>();
  /** Texts without any label. */
  unlabelled = 0;
  /** Texts with two or more labels. */
  several = 0;
  /** Whether there were more different labels than are counted. */
  hasMore = false;

  /**
   * @param labels of one text
   * @returns the labels' numbers, and one for all of them together (the order does not count); -1 where there is none
   */
  add(labels: readonly string[]): { readonly ids: readonly number[]; readonly set: number } {
    if (labels.length === 0) {
      this.unlabelled += 1;
      return { ids: [], set: -1 };
    }
    if (labels.length > 1) this.several += 1;
    const ids = labels.map((label) => this.idOf(label)).filter((id) => id >= 0);
    for (const id of ids) this.counts[id] += 1;
    if (labels.length === 1) return { ids, set: ids[0] ?? -1 };
    return { ids, set: this.setOf(ids) };
  }

  get names(): readonly string[] {
    return [...this.ids.keys()];
  }

  /** The most frequent first; of equal ones in the order in which they came. */
  ranked(): LabelCount[] {
    return this.names
      .map((label, id) => ({ label, count: this.counts[id] }))
      .sort((one, other) => other.count - one.count);
  }

  private idOf(label: string): number {
    const known = this.ids.get(label);
    if (known !== undefined) return known;
    if (this.ids.size >= maximumLabels) {
      this.hasMore = true;
      return -1;
    }
    this.ids.set(label, this.counts.length);
    return this.counts.push(0) - 1;
  }

  private setOf(ids: readonly number[]): number {
    const key = [...ids].sort((one, other) => one - other).join(' ');
    const known = this.sets.get(key);
    if (known !== undefined || this.sets.size >= maximumLabels) return known ?? -1;
    this.sets.set(key, maximumLabels + this.sets.size);
    return maximumLabels + this.sets.size - 1;
  }
}
