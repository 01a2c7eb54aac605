// All measured models in one table.
import { formatTable } from '../../dist/terminal/table.js';

/**
 * @param {readonly { work: string, data: { model: { parameters: number } }, ratios: readonly import('./verdict.mjs').Ratio[] }[]} works
 * @returns {string} for each work two rows, the native kernels, or relaxed SIMD where there are none, against the faster rival: in its fastest variant, and in its fastest
 *   of those that mask padding
 */
export function summaryTable(works) {
  const rows = works.flatMap(({ work, data, ratios }) =>
    ['', ', padding masked'].map((restriction) => [
      restriction ? '' : work,
      restriction ? '' : data.model.parameters.toLocaleString('en'),
      restriction ? 'padding masked' : 'fastest variant',
      ...['train', 'predict'].flatMap((kind) => {
        const names = ['native kernels', 'relaxed SIMD'].map(
          (build) => `${kind}: ${build} / faster rival${restriction}`,
        );
        // The native kernels stand first.
        return cells(ratios.find(({ name }) => names.includes(name)));
      }),
    ]),
  );
  const pair = ['ours, ms', 'rival, ms', 'ratio'];
  const header = ['model', 'parameters', 'rival', ...pair.map((cell) => `train: ${cell}`), ''].concat(
    pair.map((cell) => `predict: ${cell}`),
    '',
  );
  const align = header.map((title) => (/, ms|ratio|parameters/.test(title) ? 'right' : 'left'));
  return formatTable(rows, { header, align: /** @type {('left' | 'right')[]} */ (align) });
}

/** @param {import('./verdict.mjs').Ratio | undefined} ratio */
function cells(ratio) {
  if (ratio?.value === undefined) return ['-', '-', '-', ''];
  const { ours = Number.NaN, rival, value } = ratio;
  return [
    ours.toFixed(1),
    rival?.ms.toFixed(1) ?? '-',
    value.toFixed(2),
    `${rival?.name}, ${rival?.variant}`,
  ];
}
