import { once } from 'node:events';
import { UsageError } from '@strata/core/errors';
import { serveStore } from '@strata/reports/serve';
import { existingStore } from '../existing-store.js';
import { outputFolder } from '../experiment-options.js';
import { EXIT, verb } from '../verb.js';

const PORT = 8321;
const LAST_PORT = 65_535;

export const serve = verb({
  name: 'serve',
  describe: 'Show a store as it fills, on a page that only this machine sees, until Ctrl-C',
  positionals: [],
  options: ['store', 'out', 'port'],
  async run(_, { store: given, out, port = PORT }) {
    if (port > LAST_PORT) throw new UsageError(`--port=${port}: expected a number up to ${LAST_PORT}.`);
    const store = await existingStore(given);
    const served = await serveStore({ store, out: outputFolder(store, out), port });
    console.log(`${served.address} shows ${store}; Ctrl-C ends it.`);
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
    await once(stop.signal, 'abort');
    await served.close();
    return EXIT.done;
  },
});
