// TF.js' own pure-JavaScript backend: the measure of the suite itself.
import '@tensorflow/tfjs-backend-cpu';

export async function useBackend() {
  return 'cpu';
}
