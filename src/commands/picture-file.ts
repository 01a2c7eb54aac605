import { extname } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { Notes } from '../terminal/notes.js';

/** The file of a `--plot`. */
export function pictureFile(path: string): string {
  if (/\.(svg|png)$/i.test(path)) return path;
  throw new InvalidArgumentError('Expected a file that ends in .svg or .png.');
}

/** Writes an SVG picture as what the file's name says: .svg or .png. */
export async function writePicture(path: string, svg: string, notes: Notes): Promise<void> {
  const { writeAtomically } = await import('../files/write-atomically.js');
  const isPng = extname(path).toLowerCase() === '.png';
  const content = isPng ? await (await import('../reporting/render-png.js')).renderPng(svg) : svg;
  await writeAtomically(path, content);
  notes.note(`plot: ${path}`);
}
