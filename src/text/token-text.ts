import type { TextConfig } from '../config/schema.js';
import { spaceToken } from './split-characters.js';
import { bytesAsText, wordBytes } from './subwords/byte-alphabet.js';

/** The text that a token stands for; `undefined` for a subword that is not whole characters, but some bytes of one. */
export function tokenText(token: string, { tokenizer }: Pick<TextConfig, 'tokenizer'>): string | undefined {
  if (tokenizer === 'characters') return token === spaceToken ? ' ' : token;
  if (tokenizer !== 'subwords') return token;
  const bytes = wordBytes(token);
  const text = bytesAsText(bytes);
  // A text may hold U+FFFD itself; then its bytes are those of the token.
  return text.includes('\ufffd') && !Buffer.from(text).equals(bytes) ? undefined : text;
}

/** What a token stands for where its letters do not show it: `" film"`, `white space`, `bytes e3 81`; else nothing. */
export function explainToken(token: string, config: Pick<TextConfig, 'tokenizer'>): string {
  const text = tokenText(token, config);
  if (text === token) return '';
  if (config.tokenizer === 'characters') return 'white space';
  if (text !== undefined) return JSON.stringify(text);
  const bytes = Array.from(wordBytes(token), (byte) => byte.toString(16).padStart(2, '0'));
  return `${bytes.length === 1 ? 'byte' : 'bytes'} ${bytes.join(' ')}`;
}
