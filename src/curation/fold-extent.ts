/** Estimates how many examples are learnt from over many folds, whose trainings may end before their last epoch. */
export function createFoldExtent() {
  const finished = new Map<string, number[]>();
  let before = 0;

  const expected = (judge: string, otherwise: number) => {
    const counts = finished.get(judge);
    return counts ? counts.reduce((sum, count) => sum + count, 0) / counts.length : otherwise;
  };

  return {
    /** Notes a fold that has ended after so many examples. */
    finish(judge: string, done: number): void {
      finished.set(judge, [...(finished.get(judge) ?? []), done]);
      before += done;
    },
    /**
     * How far all folds are.
     *
     * @param fold the one that runs: its judge, and how many examples are done of how many at most
     * @param later the judge of each fold after it, with the most examples that such a fold can take
     */
    at(
      fold: { readonly judge: string; readonly done: number; readonly most: number },
      later: readonly { readonly judge: string; readonly most: number }[],
    ): { done: number; total: number } {
      const ofFold = Math.max(fold.done, expected(fold.judge, fold.most));
      const ofLater = later.reduce((sum, { judge, most }) => sum + expected(judge, most), 0);
      return { done: before + fold.done, total: before + ofFold + ofLater };
    },
  };
}
