import { serveSlurmJob } from './serve-slurm-job.js';

await serveSlurmJob();
