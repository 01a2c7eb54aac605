import type { Example, Target } from '../datasets/split.js';
import type { TokenInterner } from '../text/intern-tokens.js';
import type { InternedTokens } from '../text/interned-tokens.js';

/** Examples as a split gives them: some at a time. */
export type Portions = AsyncIterable<readonly Example[]> | Iterable<readonly Example[]>;

/** Reads the texts of examples as they come, and keeps their targets; the texts themselves are let go. */
export async function internPortions(
  portions: Portions,
  interner: TokenInterner,
): Promise<{ interned: InternedTokens; targets: Target[] }> {
  const targets: Target[] = [];
  for await (const portion of portions) {
    interner.add(portion.map(({ text }) => text));
    for (const { target } of portion) targets.push(target);
  }
  return { interned: interner.result(), targets };
}
