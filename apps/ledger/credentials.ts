import type { Projecting } from '#apps/ledger/projecting';
import type { Recorded, When } from '#events/event';
import type { PartyEvent } from '#events/party';
import { partyStream } from '#events/streams';
import type { PartyRole } from '#events/values';
import { fold } from '#libs/decider/decider';
import { isBefore } from '#libs/decider/when';
import { party as partyDecider } from '#libs/party/party';
import type { ApiKey } from '#libs/party/party-state';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import type { ViewReader } from '#libs/views/views';
import { credentialOf } from '#projections/parties';

/** A role from a time on and until another, `null` while it stands. */
type Tenure = Readonly<{ role: PartyRole; from: When; to: When | null }>;

/** Who stands behind a valid key. */
export type Caller = Readonly<{ party: string; key: ApiKey; tenures: readonly Tenure[] }>;

type Sources = Readonly<{
  store: EventStore;
  views: ViewReader;
  projecting: Projecting;
  waitLimit: number;
  /** Others write to the ledger as well, so what is known of a party may be out of date. */
  isShared: boolean;
}>;

/** Keys kept at hand; more are looked up each time. */
const mostKept = 10_000;

/**
 * Looks keys up: a view tells whose a key is, the party's own stream whether it still opens
 * anything. So a revocation counts from the moment it is acknowledged, however far the views are.
 */
export class Credentials {
  private readonly sources: Sources;
  private readonly kept = new Map<string, Caller>();
  /** Whose a key is never changes: once known, views that are down keep nobody out. */
  private readonly holders = new Map<string, string>();
  private changedAt: bigint;

  /** `changedAt` is the last position at which a party can have changed: the ledger's end. */
  constructor(sources: Sources, changedAt: bigint) {
    this.sources = sources;
    this.changedAt = changedAt;
  }

  /** To be called for each append to a party's stream, before it is acknowledged. */
  partyChanged(position: bigint): void {
    this.kept.clear();
    if (position > this.changedAt) this.changedAt = position;
  }

  /** A key that is known and not revoked. Throws `ViewsBehind` when that cannot be told in time. */
  async find(keyId: string): Promise<Caller | undefined> {
    const known = this.kept.get(keyId);
    if (known) return known;
    const { store, isShared } = this.sources;
    const asked = this.changedAt;
    const holder = await this.holderOf(keyId);
    if (holder === undefined) return undefined;
    const caller = callerOf(holder, keyId, await store.read(partyStream(holder)));
    if (asked !== this.changedAt) return this.find(keyId);
    if (caller && !isShared && this.kept.size < mostKept) this.kept.set(keyId, caller);
    return caller;
  }

  /** A key the views do not know may have been issued a moment ago. */
  private async holderOf(keyId: string): Promise<string | undefined> {
    const { store, views, projecting, waitLimit, isShared } = this.sources;
    const holder = this.holders.get(keyId);
    if (holder !== undefined) return holder;
    await projecting.until(0n, waitLimit);
    const first = await credentialOf(views, keyId);
    if (first) return this.holds(keyId, first.party);
    await projecting.until(isShared ? await store.end() : this.changedAt, waitLimit);
    const later = await credentialOf(views, keyId);
    return later && this.holds(keyId, later.party);
  }

  private holds(keyId: string, party: string): string {
    if (this.holders.size < mostKept) this.holders.set(keyId, party);
    return party;
  }
}

function callerOf(
  party: string,
  keyId: string,
  history: readonly RecordedEvent[],
): Caller | undefined {
  const events = history as readonly Recorded<PartyEvent>[];
  const state = fold(partyDecider, events);
  const key = state?.keys.find((candidate) => candidate.keyId === keyId);
  return key && !key.revoked ? { party, key, tenures: tenuresOf(events) } : undefined;
}

/** When the party was given each role, and when it lost it. */
export function tenuresOf(history: readonly Recorded<PartyEvent>[]): readonly Tenure[] {
  let tenures: readonly Tenure[] = [];
  for (const { type, data, meta } of history) {
    if (type === 'PartyRegistered') {
      tenures = data.roles.map((role) => ({ role, from: meta.at, to: null }));
    } else if (type === 'PartyRoleGranted') {
      tenures = [...tenures, { role: data.role, from: meta.at, to: null }];
    } else if (type === 'PartyRoleWithdrawn') {
      tenures = tenures.map((tenure) =>
        tenure.role === data.role && tenure.to === null ? { ...tenure, to: meta.at } : tenure,
      );
    }
  }
  return tenures;
}

/**
 * The roles in which a key may act at that time: its own, as far as its party may have had them
 * then. The day a role is withdrawn on no longer counts.
 */
export function rolesOn({ key, tenures }: Caller, when: When): readonly PartyRole[] {
  return key.roles.filter((role) =>
    tenures.some(
      (tenure) =>
        tenure.role === role &&
        !isBefore(when, tenure.from) &&
        (tenure.to === null || isBefore(when, tenure.to)),
    ),
  );
}
