import { readFileSync } from 'node:fs';
import { cpus, hostname } from 'node:os';
import type { Engine } from '@strata/core/engine';
import type { Environment } from '../store/index.js';

export const strataVersion = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

/** Where a run was made: recorded beside its result. */
export function environmentOf(engine: Engine, threads: number | undefined): Environment {
  return {
    strata: strataVersion,
    node: process.version,
    engine: engine.name,
    engineVersion: engine.detail ? `${engine.version}, ${engine.detail}` : engine.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    threads: threads ?? null,
    platform: `${process.platform} ${process.arch}`,
    host: hostname(),
  };
}
