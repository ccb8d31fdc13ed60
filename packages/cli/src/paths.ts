import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the user stands: Nx runs its targets from the workspace's root. */
export function fromUser(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

const workspace = fileURLToPath(new URL('../../../', import.meta.url));

export function storeFolder(given: string | undefined): string {
  return given === undefined ? resolve(workspace, 'results') : fromUser(given);
}
