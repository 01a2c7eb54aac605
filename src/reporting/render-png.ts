import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

const require = createRequire(import.meta.url);
let started: Promise<void> | undefined;

/**
 * Draws an SVG picture as PNG, on any machine alike: with resvg (WebAssembly) and the font DejaVu Sans, both packages.
 *
 * @param options `scale`: pixels to one SVG unit, default 2
 */
export async function renderPng(svg: string, { scale = 2 }: { scale?: number } = {}): Promise<Uint8Array> {
  started ??= readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')).then(initWasm);
  const [font, boldFont] = await Promise.all([fontFile(400), fontFile(700), started]);
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      fontBuffers: [font, boldFont],
      defaultFontFamily: 'DejaVu Sans',
      sansSerifFamily: 'DejaVu Sans',
    },
  });
  try {
    const rendered = picture.render();
    try {
      return rendered.asPng();
    } finally {
      rendered.free();
    }
  } finally {
    picture.free();
  }
}

function fontFile(weight: 400 | 700): Promise<Uint8Array> {
  return readFile(require.resolve(`@fontsource/dejavu-sans/files/dejavu-sans-latin-${weight}-normal.woff2`));
}
