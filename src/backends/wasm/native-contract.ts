import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { packageFile } from '../../files/package-root.js';
import { kernelOperands } from './kernel-operands.js';

/**
 * What an addon must have been built for: this version of imdb-rnn, and these operands of the kernels. One that reads the
 * memory in another way would compute nonsense.
 */
export function nativeContract(): string {
  const { version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'));
  const table = createHash('sha256').update(JSON.stringify(kernelOperands)).digest('hex');
  return `${version} ${table.slice(0, 16)}`;
}
