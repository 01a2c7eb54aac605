import { ArchiveError } from './archive-error.js';
import type { ReviewCounts, ReviewFolder } from './official-archive.js';
import type { ReviewPath } from './review.js';
import type { ReviewSplit } from './review-splits.js';

/**
 * Makes sure that an archive held each review of the splits once.
 *
 * @throws ArchiveError naming each folder with too few or too many reviews, or the first review that came twice
 */
export function checkReviewCounts(
  reviews: readonly ReviewPath[],
  { archive, splits, counts }: { archive: string; splits: readonly ReviewSplit[]; counts: ReviewCounts },
): void {
  const found = new Map<string, number>();
  const seen = new Set<string>();
  for (const { split, folder, id } of reviews) {
    const key = `${split} ${folder}`;
    found.set(key, (found.get(key) ?? 0) + 1);
    if (seen.has(`${key} ${id}`)) throw new ArchiveError(`${archive} holds review ${id} of ${key} twice.`);
    seen.add(`${key} ${id}`);
  }
  const problems = splits.flatMap((split) =>
    (Object.entries(counts[split]) as [ReviewFolder, number][]).flatMap(([folder, expected]) => {
      const count = found.get(`${split} ${folder}`) ?? 0;
      return count === expected ? [] : [`${count} reviews in ${split} ${folder}, expected ${expected}`];
    }),
  );
  if (problems.length === 0) return;
  throw new ArchiveError(`${archive} is not the whole data set: ${problems.join('; ')}.`);
}
