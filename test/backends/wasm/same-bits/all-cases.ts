import { attentionCases } from './attention-cases.js';
import { convolutionCases } from './convolution-cases.js';
import { elementCases, embeddingCases } from './element-cases.js';
import type { KernelCases } from './kernel-cases.js';
import { multiplyCases } from './multiply-cases.js';
import { normCases } from './norm-cases.js';
import { optimizerCases } from './optimizer-cases.js';
import { recurrentCases } from './recurrent-cases.js';
import { directionCases, poolingCases } from './sequence-cases.js';

/** Of every kernel. */
export const allCases: readonly KernelCases[] = [
  ...optimizerCases,
  ...elementCases,
  ...embeddingCases,
  ...normCases,
  ...multiplyCases,
  ...attentionCases,
  ...directionCases,
  ...poolingCases,
  ...convolutionCases,
  ...recurrentCases,
];
