/** A text in `count` parts of equally many words (of one more or less); nothing of a text with fewer words than that. */
export function partsOf(text: string, count: number): string[] {
  const starts = Array.from(text.matchAll(/\S+/g), ({ index }) => index);
  if (starts.length < count) return [];
  const bounds = Array.from(
    { length: count },
    (_, part) => starts[Math.floor((part * starts.length) / count)],
  );
  return bounds.map((start, part) => text.slice(start, bounds[part + 1]));
}
