import { readFileSync } from 'node:fs';
import { messageOf, UsageError, unknownName } from '../errors/index.js';
import type { Engine } from './engine.js';
import { loadOnnxEngine } from './onnx/engine.js';
import { RUNTIME_VERSION } from './onnx/runtime.js';
import type { TfjsEngineName } from './tfjs/load.js';

interface EngineEntry {
  readonly name: string;
  /** Of the library behind it, whether or not it is installed. */
  readonly version: string;
  /** @throws an error whose message says why the engine is not to be had on this machine. */
  load(): Promise<Engine>;
}

/** As this package asks for it, exactly. */
const TFJS_VERSION = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    dependencies: { readonly '@tensorflow/tfjs-core': string };
  }
).dependencies['@tensorflow/tfjs-core'];

/** Every engine, best first: `auto` takes the first that loads. A new one is a folder beside this and an entry here. */
const engines: readonly EngineEntry[] = [
  tfjsEntry('tensorflow-gpu'),
  { name: 'onnx', version: RUNTIME_VERSION, load: once(() => loadOnnxEngine()) },
  tfjsEntry('tensorflow'),
  tfjsEntry('wasm'),
  tfjsEntry('cpu'),
];

/** What one may ask for by name, best first. */
export const engineNames: readonly string[] = engines.map(({ name }) => name);

/** Lets `loadEngine` choose. */
export const AUTO = 'auto';

export interface EngineDescription {
  readonly name: string;
  readonly available: boolean;
  /** Why it is not available, and how to get it; empty when it is. */
  readonly reason: string;
  /** How it computes on this machine; empty where there is nothing to choose. */
  readonly detail: string;
  readonly version: string;
}

/** What this machine has, and why it lacks the rest. Loads each engine to find out. */
export async function describeEngines(): Promise<EngineDescription[]> {
  const descriptions: EngineDescription[] = [];
  for (const { name, version, load } of engines) {
    const found = await load().then(
      ({ detail = '' }) => ({ available: true, reason: '', detail }),
      (error: unknown) => ({ available: false, reason: messageOf(error), detail: '' }),
    );
    descriptions.push({ name, version, ...found });
  }
  return descriptions;
}

/**
 * An engine by name, or the best one that this machine has under `auto`.
 * @throws UsageError for an unknown engine, and for one that is not available, with the reason.
 */
export async function loadEngine(name: string): Promise<Engine> {
  if (name !== AUTO) {
    const entry = engines.find(candidate => candidate.name === name);
    if (!entry) throw unknownName('engine', name, [AUTO, ...engineNames]);
    return loadEntry(entry);
  }
  for (const entry of engines) {
    const engine = await entry.load().catch(() => undefined);
    if (engine) return engine;
  }
  throw new UsageError('No engine loads on this machine; strata doctor says why.');
}

async function loadEntry({ name, load }: EngineEntry): Promise<Engine> {
  try {
    return await load();
  } catch (error) {
    throw new UsageError(`Engine ${name} is not available: ${messageOf(error)}`);
  }
}

/** The library is loaded with the first of its engines: it takes longer than all the rest of a start. */
function tfjsEntry(name: TfjsEngineName): EngineEntry {
  return {
    name,
    version: TFJS_VERSION,
    load: async () => (await import('./tfjs/load.js')).loadTfjsEngine(name),
  };
}

/** Loading may take a probe of the machine, whose answer stays the same. */
function once(load: () => Promise<Engine>): () => Promise<Engine> {
  let loaded: Promise<Engine> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}
