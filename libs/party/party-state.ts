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
  latest: When;
}>;

/** No rules here: what was recorded happened. */
export function evolve(
  party: Party | null,
  event: PartyEvent | Recorded<PartyEvent>,
): Party | null {
  const next = apply(party, event);
  return next && { ...next, latest: later(next.latest, event.meta.at) };
}

function apply(party: Party | null, event: PartyEvent): Party | null {
  const { at } = event.meta;
  switch (event.type) {
    case 'PartyRegistered': {
      const { name, country, roles } = event.data;
      return { name, country, roles, keys: [], designations: [], latest: at };
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
