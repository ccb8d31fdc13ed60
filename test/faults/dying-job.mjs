// A job process that kills itself inside the writer of its nth checkpoint: STRATA_TEST_DIE="synced 3".
import { serveJob } from '../../packages/experiments/dist/runner/index.js';

const [stage, number] = (process.env.STRATA_TEST_DIE ?? '').split(' ');
let writes = 0;
serveJob({
  onStage(reached) {
    if (reached === 'written') writes++;
    if (reached === stage && writes === Number(number)) process.kill(process.pid, 'SIGKILL');
  },
});
