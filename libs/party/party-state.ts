import type { Recorded, When } from '#events/event';
import type { PartyEvent } from '#events/party';
import type { PartyRole } from '#events/values';
import { later } from '#libs/decider/when';

export type ApiKey = Readonly<{
  keyId: string;
  secretSha256: string;
  roles: readonly PartyRole[];
  revoked: boolean;
}>;

export type Designation = Readonly<{ jurisdiction: string; list: string; from: string }>;

/** A party as its decider needs it; `null` before it is registered. */
export type Party = Readonly<{
  name: string;
  country: string;
  /** Those it has now; what it had on a day is read from the history. */
  roles: readonly PartyRole[];
  keys: readonly ApiKey[];
  /** Lists that name it now. */
  designations: readonly Designation[];
  registeredAt: When;
  /** The latest act of each concern. */
  latest: Readonly<Partial<Record<PartyConcern, When>>>;
}>;

/**
 * What an act on a party is about. The acts of one concern stand in the order in which they
 * happened; those of another do not move them: who owned a party in 2019 can be said after a key was
 * issued today.
 */
export type PartyConcern =
  'roles' | 'keys' | 'designations' | 'screenings' | 'ownership' | 'address';

const concerns: Readonly<Record<PartyEvent['type'], PartyConcern>> = {
  PartyRegistered: 'roles',
  PartyRoleGranted: 'roles',
  PartyRoleWithdrawn: 'roles',
  ApiKeyIssued: 'keys',
  ApiKeyRevoked: 'keys',
  DesignationRecorded: 'designations',
  DesignationEnded: 'designations',
  ScreeningPerformed: 'screenings',
  OwnershipDeclared: 'ownership',
  AddressDeclared: 'address',
};

/** `undefined` for what is no act on a party. */
export function concernOf(type: string): PartyConcern | undefined {
  return Object.hasOwn(concerns, type) ? concerns[type as PartyEvent['type']] : undefined;
}

/** What no act of this concern may lie before. */
export function latestOf({ registeredAt, latest }: Party, concern: PartyConcern): When {
  return later(registeredAt, latest[concern] ?? registeredAt);
}

/** No rules here: what was recorded happened. */
export function evolve(
  party: Party | null,
  event: PartyEvent | Recorded<PartyEvent>,
): Party | null {
  const next = apply(party, event);
  if (!next) return null;
  const concern = concerns[event.type];
  const at = later(latestOf(next, concern), event.meta.at);
  return { ...next, latest: { ...next.latest, [concern]: at } };
}

function apply(party: Party | null, event: PartyEvent): Party | null {
  const { at } = event.meta;
  switch (event.type) {
    case 'PartyRegistered': {
      const { name, country, roles } = event.data;
      return { name, country, roles, keys: [], designations: [], registeredAt: at, latest: {} };
    }
    case 'PartyRoleGranted':
      return party && { ...party, roles: [...party.roles, event.data.role] };
    case 'PartyRoleWithdrawn': {
      const roles = party?.roles.filter((role) => role !== event.data.role) ?? [];
      return party && { ...party, roles };
    }
    case 'ApiKeyIssued': {
      const { keyId, secretSha256, roles } = event.data;
      const key = { keyId, secretSha256, roles, revoked: false };
      return party && { ...party, keys: [...party.keys, key] };
    }
    case 'DesignationRecorded': {
      const { jurisdiction, list, from } = event.data;
      const designation = { jurisdiction, list, from };
      return party && { ...party, designations: [...party.designations, designation] };
    }
    case 'DesignationEnded': {
      const { jurisdiction, list } = event.data;
      const designations =
        party?.designations.filter(
          (each) => each.jurisdiction !== jurisdiction || each.list !== list,
        ) ?? [];
      return party && { ...party, designations };
    }
    case 'ScreeningPerformed':
    case 'OwnershipDeclared':
    case 'AddressDeclared':
      return party;
    case 'ApiKeyRevoked': {
      const { keyId } = event.data;
      const revoked = (key: ApiKey) => (key.keyId === keyId ? { ...key, revoked: true } : key);
      return party && { ...party, keys: party.keys.map(revoked) };
    }
  }
}
