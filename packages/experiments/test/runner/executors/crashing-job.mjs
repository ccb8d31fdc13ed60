// A job process that kills itself the moment its first checkpoint is on the disk, and only in its first attempt.
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { serveJob } from '../../../dist/runner/index.js';

serveJob({
  onStage(stage, file) {
    const mark = join(dirname(file), 'has-crashed');
    if (stage !== 'renamed' || existsSync(mark)) return;
    writeFileSync(mark, '');
    process.kill(process.pid, 'SIGKILL');
  },
});
