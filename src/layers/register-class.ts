import { serialization } from '@tensorflow/tfjs-core';

/** Makes TF.js build this class wherever a model names it, in the place of a former class of the same name. */
export function registerClass(layer: { readonly className: string }): void {
  serialization.registerClass(
    layer as unknown as serialization.SerializableConstructor<serialization.Serializable>,
  );
}
