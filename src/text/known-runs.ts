import { NgramTable } from './ngram-table.js';

/** Runs of two and more tokens that are known, by number. */
export class KnownRuns {
  readonly #table: NgramTable;

  /**
   * @param pairs `[2 * runs]`: for each run what is before its last token, and that token. What is before is a token, from 1 on,
   *   or a run that stands further ahead: -1 for the first one, -2 for the second, and so on. A pair that begins with 0 ends the list.
   */
  constructor(pairs: ArrayLike<number>, tokenCount: number) {
    this.#table = new NgramTable(tokenCount);
    for (let place = 0; place < pairs.length && pairs[place] !== 0; place += 2) {
      const before = pairs[place];
      this.#table.count(before < 0 ? tokenCount - before - 1 : before, pairs[place + 1]);
    }
  }

  /**
   * For each place of sequences of tokens the known runs that end there.
   *
   * @param ids row-major [sequences, time]; 0 is padding, or a word that is not told
   * @param options.longest tokens of the longest runs
   * @returns for each length from 2 on `[sequences * time]`: 1 + the number of the run, or 0 where no known one ends
   */
  endingAt(
    ids: Int32Array,
    { time, longest }: { readonly time: number; readonly longest: number },
  ): Int32Array[] {
    const { tokenCount } = this.#table;
    const ending: Int32Array[] = [];
    // Nodes of the runs that are one token shorter: those of one token are the tokens.
    let shorter = ids;
    for (let length = 2; length <= longest; length++) {
      const nodes = new Int32Array(ids.length);
      for (let place = 1; place < ids.length; place++) {
        const before = shorter[place - 1];
        if (before === 0 || ids[place] === 0 || place % time === 0) continue;
        nodes[place] = this.#table.find(before, ids[place]);
      }
      ending.push(nodes.map((node) => (node === 0 ? 0 : 1 + node - tokenCount)));
      shorter = nodes;
    }
    return ending;
  }
}
