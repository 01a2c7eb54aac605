// The product's backend, as its users import it, from the build.
import { useWasmBackend } from '../../dist/backend.js';

export async function useBackend({ threads }) {
  await useWasmBackend({ threads });
  return 'wasm';
}
