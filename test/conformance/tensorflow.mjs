// tfjs-node on the TensorFlow that `imdb-rnn native install` brings, as the product loads it, from the build.
import { useBackend as choose } from '../../dist/backends/use-backend.js';

export async function useBackend({ threads }) {
  await choose('tensorflow', { threads });
  return 'tensorflow';
}
