import type { State } from '../engine/index.js';
import { inferenceFile } from '../engine/onnx/inference-file.js';
import { mainPath, type Network } from '../network/index.js';
import { encodeSafetensors, weightsOf } from '../training/index.js';
import { tfjsModel } from './tfjs/export-tfjs.js';
import { WEIGHTS_FILE } from './tfjs/graph-model.js';

/** A file to be written, by its name. */
export type ExportedFiles = ReadonlyMap<string, Uint8Array>;

export interface ExportRequest {
  /** Auxiliary heads are left out: what is exported answers with logits. */
  readonly network: Network;
  readonly weights: State;
  /** Goes into the files where the format has room for it. */
  readonly metadata: Readonly<Record<string, string>>;
}

interface ExportFormat {
  /** What reads it. */
  readonly describe: string;
  files(request: ExportRequest): ExportedFiles;
}

const utf8 = new TextEncoder();

/** Ways in which a trained network leaves the store. */
export const exportFormats = {
  safetensors: {
    describe: 'weights by name in PyTorch layouts',
    files: ({ network, weights, metadata }) =>
      new Map([['model.safetensors', encodeSafetensors(weightsOf(mainPath(network), weights), metadata)]]),
  },
  onnx: {
    describe: 'inference graph for ONNX Runtime',
    files: ({ network, weights }) => new Map([['model.onnx', inferenceFile(mainPath(network), weights)]]),
  },
  tfjs: {
    describe: 'graph model for TensorFlow.js',
    files({ network, weights }) {
      const { topology, weights: bytes } = tfjsModel(mainPath(network), weights);
      return new Map([
        ['model.json', utf8.encode(JSON.stringify(topology))],
        [WEIGHTS_FILE, bytes],
      ]);
    },
  },
} as const satisfies Record<string, ExportFormat>;

export type ExportFormatName = keyof typeof exportFormats;
