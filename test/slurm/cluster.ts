import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Slurm cluster of this test alone: two nodes, each with two CPUs and a device that passes for a GPU, on this machine. */
export interface Cluster {
  /** Runs one of Slurm's commands; gives what it prints. */
  command(program: string, ...args: readonly string[]): string;
  /** A node dies: no process on it gets a last word. `job` is the process that is at work there. */
  killNode(node: string, job: number): Promise<void>;
  /** Ends jobs and daemons, and removes all that they have left. */
  stop(): Promise<void>;
}

const PACKAGES = ['slurmctld', 'slurmd', 'slurm-client', 'munge'];
const NODES = ['n1', 'n2'];
const CPUS = 2;

/** Starts a cluster, installing Slurm where that is needed and possible; otherwise says why there is none. */
export async function startCluster(): Promise<Cluster | string> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'a cluster is started by root, on Linux';
  if (!isInstalled() && !install()) return 'Slurm is not installed, and could not be from Debian’s registry';
  const folder = mkdtempSync(join(tmpdir(), 'strata-slurm-'));
  const ports = await freePorts(1 + NODES.length);
  const daemons = new Map<string, ChildProcess>();
  const start = (name: string, program: string, ...args: readonly string[]): void => {
    daemons.set(name, spawn(program, args, { stdio: 'ignore' }));
  };
  process.env.SLURM_CONF = join(folder, 'slurm.conf');
  writeConfiguration(folder, ports);

  const key = join(folder, 'munge', 'key');
  const munge = ['socket', 'pid-file', 'log-file', 'seed-file'].map(
    name => `--${name}=${join(folder, 'munge', name)}`,
  );
  start('munge', 'munged', '--foreground', '--force', `--key-file=${key}`, ...munge);
  await until(() => spawnSync('munge', ['-n', '-S', join(folder, 'munge', 'socket')]).status === 0);
  start('slurmctld', 'slurmctld', '-D', '-c');
  for (const node of NODES) start(node, 'slurmd', '-D', '-N', node);

  const killAll = (): void => {
    for (const daemon of daemons.values()) daemon.kill('SIGKILL');
  };
  process.on('exit', killAll);
  const command = (program: string, ...args: readonly string[]): string =>
    spawnSync(program, args, { encoding: 'utf8', timeout: 10_000 }).stdout ?? '';
  const stop = async (): Promise<void> => {
    command('scancel', '--user=0');
    await until(() => command('squeue', '--noheader') === '').catch(() =>
      command('scancel', '--signal=KILL', '--user=0'),
    );
    process.off('exit', killAll);
    killAll();
    await Promise.all([...daemons.values()].map(ended));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until(() => command('sinfo', '--noheader', '--format=%T').trim() === 'idle');
  } catch {
    const log = readFileSync(join(folder, 'slurmctld.log'), 'utf8').trim().split('\n').at(-1);
    await stop();
    return `Slurm did not start: ${log}`;
  }
  return {
    command,
    stop,
    async killNode(node, job) {
      daemons.get(node)?.kill('SIGKILL');
      for (const pid of [parentOf(job), job]) process.kill(pid, 'SIGKILL');
    },
  };
}

function isInstalled(): boolean {
  return ['slurmctld', 'slurmd', 'sbatch', 'munged'].every(
    program => spawnSync('which', [program]).status === 0,
  );
}

/** One test file at a time; the second finds it done. */
function install(): boolean {
  const script = `command -v slurmctld || { apt-get update && apt-get install -y --no-install-recommends ${PACKAGES.join(' ')}; }`;
  const lock = join(tmpdir(), 'strata-slurm-install.lock');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('flock', [lock, 'sh', '-c', script], { env, stdio: 'ignore', timeout: 180_000 });
  return isInstalled();
}

function writeConfiguration(folder: string, [port, ...ports]: readonly number[]): void {
  for (const name of ['state', 'munge', 'devices', ...NODES]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'munge', 'key'), randomBytes(1024), { mode: 0o600 });
  const host = hostname().split('.')[0];
  const gpu = (node: string): string => join(folder, 'devices', node);
  // Slurm wants a character device for each GPU: /dev/null has such a number.
  for (const node of NODES) spawnSync('mknod', [gpu(node), 'c', '1', '3']);
  const nodes = NODES.map(
    (node, i) =>
      `NodeName=${node} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${ports[i]} CPUs=${CPUS} RealMemory=4000 Gres=gpu:1`,
  );
  const settings = {
    ClusterName: 'strata',
    SlurmctldHost: `${host}(127.0.0.1)`,
    SlurmctldPort: port,
    SlurmUser: 'root',
    SlurmdUser: 'root',
    AuthType: 'auth/munge',
    CredType: 'cred/munge',
    // A job that is requeued waits until its old credential has expired; less than this counts as the usual two minutes.
    AuthInfo: `socket=${join(folder, 'munge', 'socket')},cred_expire=5`,
    ProctrackType: 'proctrack/linuxproc',
    TaskPlugin: 'task/none',
    SelectType: 'select/cons_tres',
    SelectTypeParameters: 'CR_CPU',
    SchedulerParameters: 'batch_sched_delay=0,sched_min_interval=0,bf_interval=1',
    GresTypes: 'gpu',
    KillWait: 10,
    SlurmdTimeout: 10,
    SlurmdParameters: 'config_overrides',
    ReturnToService: 2,
    StateSaveLocation: join(folder, 'state'),
    SlurmdSpoolDir: join(folder, '%n'),
    SlurmctldPidFile: join(folder, 'slurmctld.pid'),
    SlurmdPidFile: join(folder, '%n.pid'),
    SlurmctldLogFile: join(folder, 'slurmctld.log'),
    SlurmdLogFile: join(folder, '%n.log'),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const partition = 'PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP';
  writeFileSync(join(folder, 'slurm.conf'), `${[...lines, ...nodes, partition].join('\n')}\n`);
  const devices = NODES.map(node => `NodeName=${node} Name=gpu File=${gpu(node)}\n`);
  writeFileSync(join(folder, 'gres.conf'), devices.join(''));
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      server =>
        new Promise<number>(resolve => {
          server.listen(0, () => resolve((server.address() as { port: number }).port));
        }),
    ),
  );
  for (const server of servers) server.close();
  return ports;
}

/** From /proc/<pid>/stat (proc(5)): field 4, counted behind the name. */
function parentOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
}

function ended(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise(resolve => child.once('close', resolve));
}

async function until(holds: () => boolean, seconds = 15): Promise<void> {
  for (let i = 0; i < 10 * seconds; i++) {
    if (holds()) return;
    await sleep(100);
  }
  throw new Error(`nothing within ${seconds} s`);
}
