import { serveJob } from './serve-job.js';

serveJob();
