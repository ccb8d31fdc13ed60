/** Looks at the test images so many times in a training, evenly, the last time at its end. */
const LOOKS = 10;

/** Whether a training looks at the test images after an epoch, counted from 1. */
export function isLook(epoch: number, epochs: number): boolean {
  const every = Math.ceil(epochs / LOOKS);
  return (epochs - epoch) % every === 0;
}

/** How often a training looks at the test images. */
export function lookCount(epochs: number): number {
  return Math.ceil(epochs / Math.ceil(epochs / LOOKS));
}
