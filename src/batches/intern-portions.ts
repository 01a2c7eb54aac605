import type { Example, Target } from '../datasets/split.js';
import type { TextInterner } from '../text/intern-tokens.js';
import type { InternedTokens } from '../text/interned-tokens.js';
import { type BesideTexts, besideTexts } from './beside-texts.js';

/** Examples as a split gives them: some at a time. */
export type Portions = AsyncIterable<readonly Example[]> | Iterable<readonly Example[]>;

/**
 * Reads the texts of examples as they come, and keeps their targets and what else stands beside them; the texts themselves
 * are let go.
 *
 * @throws UserError when a weight or a feature is no number that can be learnt from
 */
export async function internPortions(
  portions: Portions,
  interner: TextInterner,
): Promise<{ interned: InternedTokens; targets: Target[]; beside: BesideTexts }> {
  const targets: Target[] = [];
  const beside = besideTexts();
  try {
    for await (const portion of portions) {
      interner.add(portion.map(({ text }) => text));
      for (const { target } of portion) targets.push(target);
      beside.add(portion);
    }
    return { interned: await interner.result(), targets, beside: beside.result() };
  } finally {
    await interner.close?.();
  }
}
