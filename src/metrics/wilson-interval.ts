/** The 97.5 % point of the standard normal distribution: 95 % lies between its negative and itself. */
const z = 1.959963984540054;

/**
 * Wilson's 95 % score interval for a share (Wilson, 1927): with which true shares is this count compatible? Stays
 * within 0 to 1 and is right at the ends too, where the usual "plus or minus" is not.
 *
 * @param successes rows that count, 0 to `trials`
 * @param trials all rows, at least 1
 * @returns `[lower, upper]`
 * @throws when there are no trials, or more successes than trials
 */
export function wilsonInterval(successes: number, trials: number): [lower: number, upper: number] {
  if (!(trials > 0 && successes >= 0 && successes <= trials)) {
    throw new RangeError(`${successes} successes of ${trials} trials have no interval`);
  }
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const middle = (share + (z * z) / (2 * trials)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  // Rounding may leave 1e-17 where the formula gives 0 or 1 exactly.
  return [successes === 0 ? 0 : middle - half, successes === trials ? 1 : middle + half];
}
