// Loads a saved model as any TF.js program does and prints what it predicts: `node stock-predictions.mjs <folder> <ids>`,
// ids a JSON list of equally long lists. `--import <module>` of node brings in more than stock TF.js has.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';

tf.enableProdMode();
// The union package @tensorflow/tfjs gives tensors their methods; TF.js' own `Orthogonal` needs this one.
tf.Tensor.prototype.flatten ??= function flatten() {
  return tf.reshape(this, [this.size]);
};

const [folder, ids] = process.argv.slice(2);
const { modelTopology, weightsManifest } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
const [{ paths, weights }] = weightsManifest;
const data = readFileSync(join(folder, paths[0]));
const model = await loadLayersModel({
  load: async () => ({ modelTopology, weightSpecs: weights, weightData: new Uint8Array(data).buffer }),
});
const probabilities = model.predict(tf.tensor2d(JSON.parse(ids), undefined, 'int32'));
console.log(JSON.stringify({ backend: tf.getBackend(), probabilities: [...probabilities.dataSync()] }));
