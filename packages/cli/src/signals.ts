import { EXIT } from './verb.js';

export interface SignalStop {
  readonly signal: AbortSignal;
  end(): void;
}

/** The first Ctrl-C or SIGTERM asks the work to stop at the next step, and says so; the second leaves at once. */
export function stopOnSignal(say: (line: string) => void = console.error): SignalStop {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.stopped);
    say('Stopping after this step; once more leaves at once.');
    controller.abort();
  };
  const names = ['SIGINT', 'SIGTERM'] as const;
  for (const name of names) process.on(name, onSignal);
  return {
    signal: controller.signal,
    end() {
      for (const name of names) process.off(name, onSignal);
    },
  };
}
