// All measured models in one table.
import { formatTable } from '../../dist/terminal/table.js';

/** Rows of a model: the rival as the figures name it (ratios.mjs). */
const comparisons = [
  { title: 'fastest variant', whom: 'faster rival', optional: false },
  { title: 'padding masked', whom: 'faster rival, padding masked', optional: false },
  { title: 'ONNX Runtime', whom: 'ONNX Runtime', optional: true },
];

/**
 * @param {readonly { work: string, data: { model: { parameters: number } }, ratios: readonly import('./verdict.mjs').Ratio[] }[]} works
 * @returns {string} for each work the native kernels, or relaxed SIMD where there are none, against the faster rival, in its
 *   fastest variant and in its fastest of those that mask padding, and against ONNX Runtime where that was measured
 */
export function summaryTable(works) {
  const rows = works.flatMap(({ work, data, ratios }) =>
    comparisons.flatMap(({ title, whom, optional }, row) => {
      const kinds = ['train', 'predict'].map((kind) => {
        const names = ['native kernels', 'relaxed SIMD'].map((build) => `${kind}: ${build} / ${whom}`);
        // The native kernels stand first.
        return ratios.find(({ name }) => names.includes(name));
      });
      if (optional && kinds.every((ratio) => ratio?.value === undefined)) return [];
      const model = row === 0 ? [work, data.model.parameters.toLocaleString('en')] : ['', ''];
      return [[...model, title, ...kinds.flatMap(cells)]];
    }),
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
