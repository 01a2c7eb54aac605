import { changing, making } from './elements.js';

// Steps of optimizers, in place on the weights and on what is remembered of each; the rest of what they take stands in
// kernel-operands.ts.

/** The kernel `fusedKernels.adam`. */
export const adam = changing('adam', { changed: ['parameter', 'm', 'v'] });

/** The kernel `fusedKernels.adamW`: the same, and `decay` of the parameter is taken away first. */
export const adamW = changing('adamW', { changed: ['parameter', 'm', 'v'] });

export const momentum = changing('momentumStep', { changed: ['parameter', 'velocity'] });

export const nadam = changing('nadamStep', { changed: ['parameter', 'm', 'v'] });

export const rmsProp = changing('rmsPropStep', {
  changed: ['parameter', 'v', 'mean', 'steps'],
  optional: ['mean', 'steps'],
});

export const adagrad = changing('adagradStep', { changed: ['parameter', 'sum'] });

export const adadelta = changing('adadeltaStep', { changed: ['parameter', 'v', 'w'] });

/** The direction of LAMB's step, a new tensor; the moments change in place. */
export const lambDirection = making('lambDirection', { changed: ['m', 'v'] });
