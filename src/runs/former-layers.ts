import type { io } from '@tensorflow/tfjs-core';

/** Layers that version 0.1.0 saved under the names of stock ones, which throw or give other numbers where a text is padded. */
const formerNames: Readonly<Record<string, string>> = {
  Add: 'MaskedAdd',
  Conv1D: 'MaskedConv1D',
  GlobalAveragePooling1D: 'MaskedAveragePooling1D',
  GlobalMaxPooling1D: 'MaskedMaxPooling1D',
};

/** Whether a saved layer has a stock name and does not give what stock TensorFlow.js makes of it. */
export const isFormerLayer = (name: string): boolean => Object.hasOwn(formerNames, name);

/** A run's model with the layers' names of today; weights and settings are the same. */
export function renewLayers(artifacts: io.ModelArtifacts): io.ModelArtifacts {
  const { modelTopology } = artifacts;
  return { ...artifacts, modelTopology: renewed(modelTopology) as io.ModelArtifacts['modelTopology'] };
}

function renewed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renewed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) =>
    key === 'class_name' && typeof part === 'string'
      ? [key, formerNames[part] ?? part]
      : [key, renewed(part)],
  );
  return Object.fromEntries(entries);
}
