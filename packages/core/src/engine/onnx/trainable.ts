import type { Tensor } from 'onnxruntime-node';
import { elements, type Network, nodeNamed } from '../../network/index.js';
import { dropoutMask, streamKey } from '../../random/index.js';
import { checkBatch } from '../batch-checks.js';
import type { Batch, BuildOptions, ProbeStatistics, StepOptions, Trainable } from '../engine.js';
import { frozenIn } from '../frozen.js';
import { giveBack } from './give-back.js';
import { checkMachine } from './machine-checks.js';
import {
  floatsOf,
  floatTensor,
  labelTensor,
  numberOf,
  openSession,
  type Runtime,
  type Session,
} from './runtime.js';
import { initialState, packState, type StoredState, unpackState, unpackTensor } from './state.js';
import type { Target } from './target.js';
import {
  CORRECT,
  type CompiledGraph,
  gradientName,
  gradientsGraph,
  LABELS,
  LEARNING_RATE,
  LOSS,
  probeGraph,
  probeName,
  stepGraph,
  updatedName,
} from './training-graph.js';
import { isTrained, type MaskInput } from './variables.js';

type Feeds = Record<string, Tensor>;

export async function createTrainable(
  runtime: Runtime,
  target: Target,
  network: Network,
  options: BuildOptions,
): Promise<Trainable> {
  const { batchSize, optimizer } = options;
  checkMachine(network, options);
  const open = ({ file }: CompiledGraph): Promise<Session> => openSession(runtime, file, options);
  const frozen = frozenIn(network, options);
  const graphOptions = { network, plan: target.plan(network), reorder: target.reorder, batchSize, frozen };

  const graph = stepGraph(graphOptions, optimizer);
  const { variables, masks } = graph;
  const session = await open(graph);
  const others = new Map<string, Promise<Session>>();
  let held: StoredState | undefined;
  const stored = (): StoredState => {
    held ??= initialState(runtime, variables);
    return held;
  };

  /** Graphs that few trainings need are compiled when they are first used. */
  const lazily = (key: string, compile: () => CompiledGraph): Promise<Session> => {
    const opened = others.get(key) ?? open(compile());
    others.set(key, opened);
    return opened;
  };

  const feedsOf = (batch: Batch, maskOf: (mask: MaskInput) => Float32Array): Feeds => {
    checkBatch(batch, network, batchSize);
    const feeds: Feeds = {
      image: floatTensor(runtime, batch.images, [batchSize, ...network.input]),
      [LABELS]: labelTensor(runtime, batch.labels),
    };
    for (const mask of masks) feeds[mask.input] = floatTensor(runtime, maskOf(mask), mask.shape);
    return feeds;
  };
  const variableFeeds = (): Feeds =>
    Object.fromEntries(variables.map(({ name }) => [name, stored().get(name) as Tensor]));

  return {
    async step(batch, { learningRate, randomness }) {
      const before = stored();
      const results = await session.run({
        ...feedsOf(batch, drawnMask(randomness)),
        ...Object.fromEntries(before),
        [LEARNING_RATE]: floatTensor(runtime, Float32Array.of(learningRate), []),
      });
      held = new Map([...before].map(([name, old]) => [name, results[updatedName(name)] ?? old]));
      giveBack([...before].filter(([name]) => results[updatedName(name)]).map(([, old]) => old));
      return { loss: numberOf(results[LOSS]), correct: numberOf(results[CORRECT]) };
    },

    async gradients(batch, randomness) {
      const own = await lazily('gradients', () => gradientsGraph(graphOptions));
      const results = await own.run({ ...feedsOf(batch, drawnMask(randomness)), ...variableFeeds() });
      const gradients = variables
        .filter(isTrained)
        .map(
          variable =>
            [variable.name, unpackTensor(variable, floatsOf(results[gradientName(variable.name)]))] as const,
        );
      return { loss: numberOf(results[LOSS]), gradients: new Map(gradients) };
    },

    state: async () => unpackState(variables, stored()),

    async restore(state) {
      held = packState(runtime, variables, state);
    },

    async probe(layers, batch) {
      for (const name of layers) nodeNamed(network, name);
      const own = await lazily(`probe ${layers.join()}`, () =>
        probeGraph({ ...graphOptions, plan: target.plan(network, new Set(layers)) }, layers),
      );
      const results = await own.run({ ...feedsOf(batch, openMask), ...variableFeeds() });
      return new Map(layers.map(name => [name, probeStatistics(floatsOf(results[probeName(name)]))]));
    },

    dispose() {
      for (const opened of [Promise.resolve(session), ...others.values()]) {
        void opened.then(other => other.release());
      }
      others.clear();
    },
  };
}

function probeStatistics([mean = 0, deviation = 0, gradientNorm = 0]: Float32Array): ProbeStatistics {
  return { mean, deviation, gradientNorm };
}

function drawnMask({ seed, step }: StepOptions['randomness']): (mask: MaskInput) => Float32Array {
  return ({ layer, shape, rate }) =>
    dropoutMask(elements(shape), streamKey(seed, 'dropout', step, layer), rate);
}

/** Drops nothing: a probe looks at the whole network. */
function openMask({ shape }: MaskInput): Float32Array {
  return new Float32Array(elements(shape)).fill(1);
}
