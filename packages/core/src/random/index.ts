export { dropoutMask, normalArray, uniformArray } from './fill.js';
export { permutation } from './permutation.js';
export { type Purpose, type Stream, stream, streamKey } from './stream.js';
export { threefry, type Words } from './threefry.js';
