import { serveWaiting } from './waiting.js';

await serveWaiting();
