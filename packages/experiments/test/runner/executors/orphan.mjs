// A runner that starts the jobs it is told on standard input, to be killed: what do its children do?
import { localExecutor } from '../../../dist/runner/index.js';

const { jobs, ...options } = JSON.parse(process.argv[2]);
const executor = localExecutor(options);
for (const planned of jobs) {
  executor.start({ planned }, event => {
    if (event.type === 'training' && event.event.type === 'step') console.log(JSON.stringify(event.event));
  });
}
