import { loadOnnxEngine } from '../onnx/engine.js';
import { serveSteps } from './step-task.js';

await serveSteps(() => loadOnnxEngine());
