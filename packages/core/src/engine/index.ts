export * from './engine.js';
export {
  AUTO,
  describeEngines,
  type EngineDescription,
  engineNames,
  loadEngine,
} from './registry.js';
