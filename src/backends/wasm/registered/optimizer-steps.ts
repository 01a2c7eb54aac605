import { changing, making } from './elements.js';

// Steps of optimizers, in place on the weights and on what is remembered of each.

/** What Adam and AdamW change. */
const moments = ['parameter', 'firstMoment', 'secondMoment'];

/** The kernel `fusedKernels.adam`. */
export const adam = changing('adam', {
  changed: moments,
  read: ['gradient'],
  numbers: ['rate', 'beta1', 'beta2', 'epsilon'],
});

/** The kernel `fusedKernels.adamW`: the same, and `decay` of the parameter is taken away first. */
export const adamW = changing('adamW', {
  changed: moments,
  read: ['gradient'],
  numbers: ['rate', 'share1', 'share2', 'epsilon', 'decay'],
});

export const momentum = changing('momentumStep', {
  changed: ['parameter', 'velocity'],
  read: ['gradient'],
  numbers: ['rate', 'momentum', 'nesterov'],
});

export const nadam = changing('nadamStep', {
  changed: ['parameter', 'm', 'v'],
  read: ['gradient'],
  numbers: ['rate', 'share1', 'share2', 'ofMean', 'ofGradient', 'correction', 'epsilon'],
});

export const rmsProp = changing('rmsPropStep', {
  changed: ['parameter', 'velocity', 'mean', 'momentum'],
  read: ['gradient'],
  numbers: ['rate', 'share', 'momentumShare', 'epsilon'],
});

export const adagrad = changing('adagradStep', {
  changed: ['parameter', 'accumulator'],
  read: ['gradient'],
  numbers: ['rate', 'epsilon'],
});

export const adadelta = changing('adadeltaStep', {
  changed: ['parameter', 'ofGradient', 'ofStep'],
  read: ['gradient'],
  numbers: ['rate', 'share', 'epsilon'],
});

/** The direction of LAMB's step, a new tensor; the moments change in place. */
export const lambDirection = making('lambDirection', {
  changed: ['m', 'v'],
  read: ['gradient'],
  numbers: ['share1', 'share2', 'correction1', 'correction2', 'epsilon'],
});
