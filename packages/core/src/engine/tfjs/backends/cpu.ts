import '@tensorflow/tfjs-backend-cpu';
import { selectBackend } from './select-backend.js';

/** Plain JavaScript: slow, always there, the reference of the parity tests. */
export async function selectCpu(): Promise<void> {
  await selectBackend('cpu');
}
