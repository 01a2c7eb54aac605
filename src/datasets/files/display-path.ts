import { relative, sep } from 'node:path';

/** A path as messages show it: from the current folder if it is inside, else in full. */
export function displayPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  const isOutside = fromHere === '' || fromHere === '..' || fromHere.startsWith(`..${sep}`);
  return isOutside ? path : fromHere;
}
