import type { PartyEvent } from '#events/party';

const types: Readonly<Record<PartyEvent['type'], true>> = {
  PartyRegistered: true,
  PartyRoleGranted: true,
  PartyRoleWithdrawn: true,
  ApiKeyIssued: true,
  ApiKeyRevoked: true,
  ScreeningPerformed: true,
  OwnershipDeclared: true,
  DesignationRecorded: true,
  DesignationEnded: true,
  AddressDeclared: true,
};

export const partyEventTypes = Object.keys(types) as readonly PartyEvent['type'][];

export function isPartyEvent<E extends Readonly<{ type: string }>>(
  event: E,
): event is Extract<E, PartyEvent> {
  return Object.hasOwn(types, event.type);
}

/** What a party did, or what was recorded of it. */
export function partyLine(event: PartyEvent): string {
  const { by } = event.meta;
  switch (event.type) {
    case 'PartyRegistered':
      return `${event.data.name} takes part as ${event.data.roles.join(', ')}`;
    case 'PartyRoleGranted':
      return `may act as ${event.data.role}`;
    case 'PartyRoleWithdrawn':
      return `may no longer act as ${event.data.role}: ${event.data.reason}`;
    case 'ApiKeyIssued':
      return `key ${event.data.keyId} issued for ${event.data.roles.join(', ')}`;
    case 'ApiKeyRevoked':
      return `key ${event.data.keyId} revoked`;
    case 'ScreeningPerformed':
      return `${by} screened it against ${event.data.list} of ${event.data.listDate}: ${event.data.outcome}`;
    case 'OwnershipDeclared': {
      const shares = event.data.shareholders.map(({ name, ppm }) => `${name} ${ppm / 10_000} %`);
      return `owned by ${shares.length === 0 ? 'nobody named' : shares.join(', ')}`;
    }
    case 'DesignationRecorded': {
      const { jurisdiction, list, from, citation } = event.data;
      return `named by ${list} (${jurisdiction}) from ${from} on: ${citation}`;
    }
    case 'DesignationEnded': {
      const { jurisdiction, list, from, citation } = event.data;
      return `no longer named by ${list} (${jurisdiction}) from ${from} on: ${citation}`;
    }
    case 'AddressDeclared':
      return `address ${event.data.lines.join(', ')}`;
  }
}
