import { v7 as uuidV7 } from 'uuid';
import { dayOf } from '#apps/cli/as-known';
import type { Config } from '#apps/cli/config';
import { openWritable } from '#apps/cli/data-place';
import type { DataPlace } from '#apps/cli/data-place';
import { Failure } from '#apps/cli/failure';
import { post } from '#apps/cli/remote';
import type { Remote } from '#apps/cli/remote';
import { partyStream } from '#events/streams';
import type { PartyRole } from '#events/values';
import type { CommandMeta } from '#libs/decider/decider';
import { fold } from '#libs/decider/decider';
import { openLedger } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { party } from '#libs/party/party';
import type { PartyCommand } from '#libs/party/party-command';
import type { PartyEvent } from '#events/party';
import { StoreUnavailable } from '#libs/store/errors';
import type { EventStore } from '#libs/store/store';
import type { Recorded, When } from '#events/event';

/** Where an act goes: into the file of `place`, or to a service. */
export type ActOptions = DataPlace &
  Readonly<{ as?: string; url?: string; key?: string; since?: string }>;

/** An act as a command for the ledger and as a request for the service. */
type OperatorAct = Readonly<{
  asked: (meta: CommandMeta) => LedgerCommand;
  /** The party that opens an empty ledger by it. */
  opener?: string;
  path: string;
  body: Readonly<Record<string, unknown>>;
}>;

/** An act on a party's stream. */
export type PartyAct = Omit<OperatorAct, 'asked' | 'opener'> &
  Readonly<{
    partyId: string;
    /** It makes the party an operator: allowed to itself in a ledger without any event. */
    opensLedger?: boolean;
    command: (meta: CommandMeta) => PartyCommand;
  }>;

export function act(options: ActOptions, config: Config, wanted: PartyAct) {
  const { partyId: id, command, opensLedger, path, body } = wanted;
  return operate(options, config, {
    asked: (meta) => ({ category: 'party', id, command: command(meta) }),
    ...(opensLedger && { opener: id }),
    path,
    body,
  });
}

/**
 * Carries the act out and answers what the service said, or `undefined` when it went into the
 * file. Whoever may write the file acts as an operator: `as`, or the one that opened the ledger.
 * A file that a service holds is reached through it, where a key is at hand.
 */
export async function operate(
  options: ActOptions,
  config: Config,
  wanted: OperatorAct,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const at = sinceOf(options);
  const { path } = wanted;
  const body = { ...wanted.body, ...(at && { at }) };
  if (options.url !== undefined || options.key !== undefined) {
    return post(remote(options, config), path, body);
  }
  try {
    await actOnFile(options, wanted);
    return undefined;
  } catch (error) {
    if (!(error instanceof StoreUnavailable) || error.reason !== 'locked') throw error;
    if (config.key === undefined) {
      throw new Failure('in-use', `${error.message}; reach it by --url and --key (ADAMANT_KEY)`);
    }
    return post(remote(options, config), path, body);
  }
}

/** The day an act counts from; `undefined` for now. */
function sinceOf({ since }: ActOptions): When | undefined {
  return since === undefined ? undefined : { time: dayOf('--since', since), precision: 'day' };
}

function remote(options: ActOptions, config: Config): Remote {
  const key = options.key ?? config.key;
  if (key === undefined) throw new Failure('key-needed', 'a service wants --key or ADAMANT_KEY');
  return { url: options.url ?? config.url, key };
}

async function actOnFile(options: ActOptions, { asked, opener }: OperatorAct) {
  const store = await openWritable(options);
  try {
    const by = await actor(store, options.as, opener);
    const now = new Date().toISOString();
    const meta: CommandMeta = {
      id: uuidV7(),
      by: by.id,
      roles: by.roles,
      now,
      at: sinceOf(options) ?? { time: now, precision: 'instant' },
    };
    const ledger = openLedger(store, () => now);
    await ledger.execute(asked(meta));
  } finally {
    await store.close();
  }
}

type Actor = Readonly<{ id: string; roles: readonly PartyRole[] }>;

async function actor(
  store: EventStore,
  asked: string | undefined,
  opener: string | undefined,
): Promise<Actor> {
  const first = await firstOperator(store);
  if (first === undefined) {
    if (opener !== undefined) return { id: opener, roles: ['operator'] };
    throw new Failure(
      'no-operator',
      'the ledger is empty; begin with: adamant party register ID --name NAME --country XX --role operator',
    );
  }
  const id = asked ?? first;
  const state = fold(party, (await store.read(partyStream(id))) as readonly Recorded<PartyEvent>[]);
  if (!state) throw new Failure('unknown-party', `no party ${id} is registered`);
  return { id, roles: state.roles };
}

/** Who opened the ledger: its first event registers an operator. */
async function firstOperator(store: EventStore): Promise<string | undefined> {
  for await (const [event] of store.readAll(0n)) return event?.meta.by;
  return undefined;
}
