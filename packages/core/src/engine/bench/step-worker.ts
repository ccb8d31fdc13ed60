import { loadEngine } from '../registry.js';
import { serveSteps } from './step-task.js';

await serveSteps(loadEngine);
