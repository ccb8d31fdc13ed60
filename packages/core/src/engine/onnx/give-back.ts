import type { Tensor } from 'onnxruntime-node';
import { floatsOf } from './runtime.js';

/** Nobody listens at its other end. */
const nowhere = new MessageChannel().port1;
nowhere.close();

/**
 * Frees the memory of tensors that nobody will read again, at once: the state before a step is as large as the one after
 * it, and would stay until the garbage collector comes. What is sent to a port takes its memory with it.
 */
export function giveBack(tensors: readonly Tensor[]): void {
  nowhere.postMessage(
    null,
    tensors.map(tensor => floatsOf(tensor).buffer as ArrayBuffer),
  );
}
