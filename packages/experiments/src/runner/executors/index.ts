export { choosePlaces, type PlaceRequest } from './choose-places.js';
export type { Execution, Executor } from './executor.js';
export { inProcessExecutor } from './in-process.js';
export type { DataSource } from './job-task.js';
export { type LocalOptions, localExecutor } from './local.js';
export type { Place } from './places.js';
export { type ServeOptions, serveJob } from './serve-job.js';
