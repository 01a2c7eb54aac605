/**
 * A learning rate from a range test (Smith 2017, section 3.3), in which the rate rises at every step: one in the middle of
 * the longest descent of the loss, well before the loss turns. The descent is a longest falling subsequence; the place in it
 * is that of fastai's `valley` (callback/schedule.py), the middle of its second third.
 *
 * @param rates of each step, rising
 * @param losses `[steps]`, smoothed
 * @returns `undefined` where the loss never falls
 */
export function proposeRate(rates: readonly number[], losses: readonly number[]): number | undefined {
  const lengths = losses.map(() => 1);
  let last = 0;
  for (let step = 1; step < losses.length; step++) {
    for (let before = 0; before < step; before++) {
      if (losses[step] < losses[before]) lengths[step] = Math.max(lengths[step], lengths[before] + 1);
    }
    if (lengths[step] > lengths[last]) last = step;
  }
  if (lengths[last] === 1 || losses.length === 0) return undefined;
  const first = Math.max(0, last - lengths[last]);
  const third = (last - first) / 3;
  return rates[first + Math.floor(third) + Math.floor(third / 2)];
}
