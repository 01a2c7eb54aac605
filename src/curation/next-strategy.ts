import { uncertaintyMeasures } from './uncertainty.js';

export const nextStrategies = [...uncertaintyMeasures, 'coreSet', 'mixed'] as const;

/**
 * What is worth labelling. A measure of uncertainty: the texts of which the model is least sure; `coreSet`: texts that cover
 * a random part of all; `mixed`: texts that cover those of which the model is least sure, by margin.
 */
export type NextStrategy = (typeof nextStrategies)[number];
