import { type Holder, isKnownDead } from './lease.js';

/** How often an owner shows that it lives, and for how long it may be silent. */
export interface LeaseTimes {
  readonly beatMs: number;
  readonly leaseMs: number;
}

export const usualLeaseTimes: LeaseTimes = { beatMs: 3000, leaseMs: 30_000 };

export interface LeaseWatch {
  /** Whether the holder of a run counts as dead; to be asked again and again. */
  isDead(id: string, holder: Holder): boolean;
}

/**
 * Watches leases of other processes. A holder is dead when its process is known to be gone, or when its beat has not
 * changed for the lease time by the observer's own monotonic clock: no clock of another machine is read, and setting one
 * does no harm.
 */
export function leaseWatch(leaseMs: number, now: () => number = () => performance.now()): LeaseWatch {
  const seen = new Map<string, { readonly sign: string; readonly since: number }>();
  return {
    isDead(id, holder) {
      if (isKnownDead(holder)) return true;
      const sign = `${holder.token} ${holder.beat}`;
      const last = seen.get(id);
      if (last?.sign === sign) return now() - last.since > leaseMs;
      seen.set(id, { sign, since: now() });
      return false;
    },
  };
}
