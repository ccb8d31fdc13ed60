import { writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

/** What the thread is told: which file to write, and how often. */
export interface HeartbeatTask {
  readonly file: string;
  readonly beatMs: number;
}

const { file, beatMs } = workerData as HeartbeatTask;
let count = 0;

function beat(): void {
  try {
    writeFileSync(file, `${count++} ${new Date().toISOString()}\n`);
  } catch (error) {
    // The file's folder bears the owner's token: where it is gone, another owns the run. A full disk is no reason to stop.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return;
    clearInterval(timer);
    parentPort?.postMessage('lost');
  }
}

const timer = setInterval(beat, beatMs);
beat();
