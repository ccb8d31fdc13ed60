import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Runner } from './measure.js';

export interface ChildCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The first line on its standard input: one JSON document. */
  readonly task: unknown;
}

/**
 * Starts a child that answers lines: `ready` once it has read its task and built the net, then for each number of steps
 * the seconds they took.
 * @throws Error with what the child wrote to standard error, when it ends early.
 */
export async function startRunner({ command, args, env = {}, task }: ChildCommand): Promise<Runner> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'pipe' });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => {
    complaint += text.toString();
  });
  child.on('error', error => {
    complaint += error.message;
  });
  child.stdin.on('error', () => {});

  const answer = async (): Promise<string> => {
    const { value, done } = await answers.next();
    if (done) throw new Error(`${command} ended early: ${complaint.trim().split('\n').at(-1) ?? ''}`);
    return value;
  };
  const ask = (line: string): Promise<string> => {
    child.stdin.write(`${line}\n`);
    return answer();
  };
  await ask(JSON.stringify(task));
  return {
    run: async steps => Number(await ask(`${steps}`)),
    stop: () => child.stdin.end(),
  };
}
