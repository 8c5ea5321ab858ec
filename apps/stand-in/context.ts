import { setTimeout as sleep } from 'node:timers/promises';
import type { Metadata, ServiceError } from '@grpc/grpc-js';
import type { Faults } from '#apps/stand-in/faults';
import type { Log, Outcome } from '#apps/stand-in/log';

/** What has gone over the wire, and what is open now. */
export type Traffic = {
  appends: number;
  /** Responses to reads and subscriptions. */
  sent: number;
  openReads: number;
  openSubscriptions: number;
};

/** What a node's calls are answered with. */
export type Context = Readonly<{
  log: Log;
  faults: Faults;
  maxAppendSize: number;
  /** `denied`: no credentials. `unauthenticated`: wrong ones. */
  access: (metadata: Metadata) => 'granted' | 'denied' | 'unauthenticated';
  /** Whether this node may serve a call; otherwise where the leader is, if there is one. */
  leadership: (
    metadata: Metadata,
    writes: boolean,
  ) => 'serves' | 'no-leader' | Readonly<{ host: string; port: number }>;
  /** Kills the connection of a peer. */
  cut: (peer: string) => void;
  /** Each running subscription; called with the error it ends with. */
  subscriptions: Set<(error: ServiceError) => void>;
  traffic: Traffic;
}>;

/** `silent`: the caller hears nothing. */
export type Stored =
  | Exclude<Outcome, { kind: 'unanswered' }>
  | Readonly<{ kind: 'not-ready' | 'timed-out' | 'unavailable' | 'silent' }>;

/** Carries out an append or a delete, with the faults that wait for it. */
export async function store(
  { faults, cut, traffic }: Context,
  peer: string,
  work: () => Promise<Outcome>,
): Promise<Stored> {
  traffic.appends += 1;
  const fault = faults.take('append');
  switch (fault?.does) {
    case 'cut':
      cut(peer);
      return { kind: 'silent' };
    case 'not-ready':
    case 'unavailable':
      return { kind: fault.does };
    case 'time-out':
      return { kind: 'timed-out' };
    default:
      break;
  }
  const outcome = await work();
  switch (fault?.does) {
    case 'cut-after-store':
      cut(peer);
      return { kind: 'silent' };
    case 'lose-reply':
      return { kind: 'silent' };
    case 'time-out-after-store':
      return { kind: 'timed-out' };
    case 'delay-reply':
      await sleep(fault.ms);
      break;
    default:
      break;
  }
  return outcome.kind === 'unanswered' ? { kind: 'silent' } : outcome;
}
