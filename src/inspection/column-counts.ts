import { writtenValue } from '../rows/written-value.js';

/** What a column holds. */
export interface ColumnSummary {
  readonly name: string;
  /** Rows in which it is neither absent, null nor an empty string. */
  readonly filled: number;
  /** `string`, `number`, `boolean`, `array`, `object`, the most frequent first. */
  readonly kinds: readonly string[];
  /** Different values, each at most 1,000 of them counted. */
  readonly distinct: number;
  /** Whether there are more than were counted. */
  readonly hasMore: boolean;
  /** The most frequent of the counted values, an empty one included; cut to 40 characters. */
  readonly mostCommon: { readonly value: string; readonly rows: number } | null;
  /** Whether one value fills at least 99 % of 20 or more rows, so that the column tells hardly anything. */
  readonly isNearConstant: boolean;
}

const maximumColumns = 1000;
const maximumValues = 1000;
const nearConstantShare = 0.99;
const fewestRows = 20;

interface Counts {
  filled: number;
  readonly kinds: Map<string, number>;
  readonly values: Map<string, number>;
  hasMore: boolean;
}

/** Counts what each column holds, in a memory that does not grow with the rows. */
export class ColumnCounts {
  private readonly columns = new Map<string, Counts>();
  private rows = 0;

  /** @param names columns that are listed even where no row has them, in this order */
  constructor(names: readonly string[] = []) {
    for (const name of names) this.countsOf(name);
  }

  add(values: Readonly<Record<string, unknown>>): void {
    this.rows += 1;
    for (const [name, value] of Object.entries(values)) {
      const counts = this.countsOf(name);
      if (!counts || value === undefined || value === null) continue;
      if (value !== '') {
        counts.filled += 1;
        const kind = Array.isArray(value) ? 'array' : typeof value;
        counts.kinds.set(kind, (counts.kinds.get(kind) ?? 0) + 1);
      }
      const key = keyOf(value);
      const former = counts.values.get(key);
      if (former !== undefined) counts.values.set(key, former + 1);
      else if (counts.values.size < maximumValues) counts.values.set(key, 1);
      else counts.hasMore = true;
    }
  }

  summaries(): ColumnSummary[] {
    return [...this.columns].map(([name, { filled, kinds, values, hasMore }]) => {
      let mostCommon: ColumnSummary['mostCommon'] = null;
      for (const [value, rows] of values) {
        if (rows > (mostCommon?.rows ?? 0)) mostCommon = { value, rows };
      }
      return {
        name,
        filled,
        kinds: [...kinds].sort(([, one], [, other]) => other - one).map(([kind]) => kind),
        distinct: values.size - (values.has('') ? 1 : 0),
        hasMore,
        mostCommon: mostCommon && { ...mostCommon, value: cut(mostCommon.value) },
        isNearConstant:
          this.rows >= fewestRows &&
          Math.max(mostCommon?.rows ?? 0, this.rows - filled) >= nearConstantShare * this.rows,
      };
    });
  }

  private countsOf(name: string): Counts | undefined {
    const known = this.columns.get(name);
    if (known || this.columns.size >= maximumColumns) return known;
    const counts: Counts = { filled: 0, kinds: new Map(), values: new Map(), hasMore: false };
    this.columns.set(name, counts);
    return counts;
  }
}

/** Long values by their beginning and length: those that differ in what follows count as one, which is rare enough. */
function keyOf(value: unknown): string {
  const text = writtenValue(value);
  return text.length <= 200 ? text : `${text.slice(0, 190)}… (${text.length})`;
}

function cut(value: string): string {
  const characters = [...value.slice(0, 100)];
  return characters.length <= 40 ? value : `${characters.slice(0, 39).join('')}…`;
}
