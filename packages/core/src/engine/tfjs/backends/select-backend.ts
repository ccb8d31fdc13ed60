import { enableProdMode, setBackend } from '@tensorflow/tfjs-core';
import { registerGradients } from '../gradients.js';

/**
 * Makes a registered backend ready, once a process. Production mode silences the package's advertising and its
 * warnings about kernels registered twice; it checks nothing less that matters here.
 */
export async function selectBackend(backend: string): Promise<void> {
  enableProdMode();
  registerGradients();
  if (!(await setBackend(backend)))
    throw new Error(`TensorFlow.js could not start its backend "${backend}".`);
}
