import { Refused } from '#libs/decider/decider';
import type { Recorded, When } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { parseStream } from '#events/streams';
import type { PartyRole } from '#events/values';
import { forgetRows } from '#projections/forget';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';

/** A role over an interval: it holds from `from` on and no longer from `until` on. */
export type RoleInterval = Readonly<{ role: PartyRole; from: When; until: When | null }>;

/** What a party's letterhead says from a time on. */
export type Address = Readonly<{ from: When; lines: readonly string[] }>;

export type Party = Readonly<{
  id: string;
  name: string;
  country: string;
  /** GS1 Global Location Number. */
  gln: string | null;
  aliases: readonly string[];
  roles: readonly RoleInterval[];
  registered_at: When;
  /** In the order they were declared. */
  addresses: readonly Address[];
}>;

/** An API key; `secret_sha256` is lower-case hex. It opens nothing once `revoked_at` is set. */
export type Credential = Readonly<{
  key_id: string;
  party: string;
  secret_sha256: string;
  roles: readonly PartyRole[];
  label: string | null;
  issued_at: When;
  revoked_at: When | null;
}>;

const partyRows: Table<Party> = {
  name: 'parties',
  columns: {
    id: 'text',
    name: 'text',
    country: 'text',
    gln: 'text?',
    aliases: 'json',
    roles: 'json',
    registered_at: 'json',
    addresses: 'json',
  },
  key: ['id'],
};

const credentialRows: Table<Credential> = {
  name: 'credentials',
  columns: {
    key_id: 'text',
    party: 'text',
    secret_sha256: 'text',
    roles: 'json',
    label: 'text?',
    issued_at: 'json',
    revoked_at: 'json?',
  },
  key: ['key_id'],
  indexes: [['party']],
};

/** Who takes part, in which roles and since when, and with which keys. */
export const parties: Projection = {
  name: 'parties',
  version: 3,
  tables: [partyRows, credentialRows],
  handles: [
    'PartyRegistered',
    'PartyRoleGranted',
    'PartyRoleWithdrawn',
    'AddressDeclared',
    'ApiKeyIssued',
    'ApiKeyRevoked',
  ],
  project,
  forget,
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const id = parseStream(event.stream)?.id ?? event.stream;
  const { at } = event.meta;
  switch (event.type) {
    case 'PartyRegistered': {
      const { name, country, gln = null, aliases = [], roles } = event.data;
      const held = roles.map((role) => ({ role, from: at, until: null }));
      const known = { id, name, country, gln, aliases, roles: held, registered_at: at };
      return views.put(partyRows, { ...known, addresses: [] });
    }
    case 'PartyRoleGranted':
    case 'PartyRoleWithdrawn': {
      const party = await views.get(partyRows, { id });
      if (!party) return;
      const { role } = event.data;
      const roles: readonly RoleInterval[] =
        event.type === 'PartyRoleGranted'
          ? [...party.roles, { role, from: at, until: null }]
          : party.roles.map((held) =>
              held.role === role && held.until === null ? { ...held, until: at } : held,
            );
      return views.put(partyRows, { ...party, roles });
    }
    case 'AddressDeclared': {
      const party = await views.get(partyRows, { id });
      if (!party) return;
      const address = { from: at, lines: event.data.lines };
      return views.put(partyRows, { ...party, addresses: [...party.addresses, address] });
    }
    case 'ApiKeyIssued': {
      const { keyId, secretSha256, roles, label = null } = event.data;
      return views.put(credentialRows, {
        key_id: keyId,
        party: id,
        secret_sha256: secretSha256,
        roles,
        label,
        issued_at: at,
        revoked_at: null,
      });
    }
    case 'ApiKeyRevoked': {
      const { keyId } = event.data;
      const key = await views.get(credentialRows, { key_id: keyId });
      if (key?.party === id) views.put(credentialRows, { ...key, revoked_at: at });
    }
  }
}

async function forget(stream: string, views: ViewWriter): Promise<void> {
  const named = parseStream(stream);
  if (named?.category !== 'party') return;
  views.delete(partyRows, { id: named.id });
  await forgetRows(views, credentialRows, { party: named.id });
}

/** A party, by its id; `undefined` when it never registered. */
export async function partyOf(views: ViewReader, id: string): Promise<Party | undefined> {
  return views.get(partyRows, { id });
}

/** Throws `unknown-party` for a party that a list is narrowed to and nobody registered. */
export async function refuseUnknown(
  views: ViewReader,
  asked: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  for (const [field, id] of Object.entries(asked)) {
    if (id === undefined || (await partyOf(views, id))) continue;
    throw new Refused('unknown-party', `no party ${id} is registered`, { field });
  }
}

export async function allParties(views: ViewReader): Promise<readonly Party[]> {
  return views.list(partyRows, {});
}

/** The key with this id, revoked or not. */
export async function credentialOf(
  views: ViewReader,
  keyId: string,
): Promise<Credential | undefined> {
  return views.get(credentialRows, { key_id: keyId });
}

export async function credentialsOf(
  views: ViewReader,
  party: string,
): Promise<readonly Credential[]> {
  return views.list(credentialRows, { party });
}
