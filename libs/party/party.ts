import type { Draft } from '#events/event';
import type { PartyEvent } from '#events/party';
import type { PartyRole } from '#events/values';
import type { Mention } from '#libs/decider/acts';
import { checkAct, checkGln, checkSha256, factsOf, needRole } from '#libs/decider/acts';
import type { Decider } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import type {
  IssueApiKey,
  PartyCommand,
  RegisterParty,
  RevokeApiKey,
} from '#libs/party/party-command';
import { decideDesignation } from '#libs/party/party-designation';
import { decideDiligence } from '#libs/party/party-diligence';
import type { Party, PartyConcern } from '#libs/party/party-state';
import { evolve, latestOf } from '#libs/party/party-state';
import { isCountry } from '#libs/reference/countries';

/** Who takes part, in which roles, with which keys. */
export const party: Decider<Party | null, PartyCommand, PartyEvent> = {
  initial: null,
  evolve,
  decide,
};

const concerns: Readonly<Record<PartyCommand['type'], PartyConcern>> = {
  RegisterParty: 'roles',
  GrantRole: 'roles',
  WithdrawRole: 'roles',
  IssueApiKey: 'keys',
  RevokeApiKey: 'keys',
  RecordDesignation: 'designations',
  EndDesignation: 'designations',
  ScreenParty: 'screenings',
  DeclareOwnership: 'ownership',
  DeclareAddress: 'address',
};

/** The parties a command names besides the one that acts. */
export function partyMentions(command: PartyCommand): readonly Mention[] {
  if (command.type !== 'DeclareOwnership') return [];
  return command.shareholders.flatMap(({ party: holder }, n) =>
    holder === undefined ? [] : [{ party: holder, field: `shareholders.${n}.party` }],
  );
}

function decide(command: PartyCommand, state: Party | null): readonly Draft<PartyEvent>[] {
  checkAct(command, state && latestOf(state, concerns[command.type]));
  if (command.type === 'RegisterParty') return [register(command, state)];
  if (!state) throw new Refused('unknown-party', 'there is no such party');
  return [decideRegistered(command, state)];
}

function register(command: RegisterParty, state: Party | null): Draft<PartyEvent> {
  if (state) throw new Refused('already-exists', 'a party with this id exists');
  needRole(command.meta, 'operator');
  checkOnce(command.roles);
  if (!isCountry(command.country)) {
    throw new Refused('bad-country', `${command.country} is no ISO 3166-1 alpha-2 code`, {
      field: 'country',
    });
  }
  if (command.gln !== undefined) checkGln(command.gln, 'gln');
  return { type: 'PartyRegistered', data: factsOf(command) };
}

function decideRegistered(
  command: Exclude<PartyCommand, RegisterParty>,
  state: Party,
): Draft<PartyEvent> {
  switch (command.type) {
    case 'GrantRole':
      needRole(command.meta, 'operator');
      if (state.roles.includes(command.role)) {
        throw new Refused('role-held', `the party is ${command.role} already`, { field: 'role' });
      }
      return { type: 'PartyRoleGranted', data: factsOf(command) };
    case 'WithdrawRole':
      needRole(command.meta, 'operator');
      needHeld(state, [command.role], 'role');
      return { type: 'PartyRoleWithdrawn', data: factsOf(command) };
    case 'IssueApiKey':
      return issue(command, state);
    case 'RevokeApiKey':
      return revoke(command, state);
    case 'ScreenParty':
    case 'DeclareOwnership':
    case 'DeclareAddress':
      return decideDiligence(command);
    case 'RecordDesignation':
    case 'EndDesignation':
      return decideDesignation(command, state);
  }
}

/** A key opens no more than its party may, nor more than the key that asks for it. */
function issue(command: IssueApiKey, state: Party): Draft<PartyEvent> {
  const { meta, keyId, roles } = command;
  needSelfOrOperator(command);
  checkSha256(command.secretSha256, 'secretSha256');
  checkOnce(roles);
  needHeld(state, roles, 'roles');
  const beyond = roles.filter((role) => !meta.roles.includes(role));
  if (!meta.roles.includes('operator') && beyond.length > 0) {
    throw new Refused('role-needed', `this key is not for ${beyond.join(', ')}`, {
      field: 'roles',
      roles: beyond,
    });
  }
  if (state.keys.some((key) => key.keyId === keyId)) {
    throw new Refused('key-exists', `the party has, or had, a key ${keyId}`, { field: 'keyId' });
  }
  const { partyId: _, ...data } = factsOf(command);
  return { type: 'ApiKeyIssued', data };
}

function revoke(command: RevokeApiKey, state: Party): Draft<PartyEvent> {
  const { keyId } = command;
  needSelfOrOperator(command);
  const key = state.keys.find((candidate) => candidate.keyId === keyId);
  if (!key) throw new Refused('unknown-key', `the party has no key ${keyId}`, { field: 'keyId' });
  if (key.revoked) throw new Refused('key-revoked', `key ${keyId} is revoked`, { field: 'keyId' });
  const { partyId: _, ...data } = factsOf(command);
  return { type: 'ApiKeyRevoked', data };
}

function needSelfOrOperator({ meta, partyId }: IssueApiKey | RevokeApiKey): void {
  if (meta.by === partyId || meta.roles.includes('operator')) return;
  throw new Refused('not-your-act', `${meta.by} does not look after keys of ${partyId}`, {
    by: meta.by,
  });
}

function needHeld(state: Party, roles: readonly PartyRole[], field: string): void {
  const missing = roles.filter((role) => !state.roles.includes(role));
  if (missing.length === 0) return;
  throw new Refused('role-not-held', `the party is not ${missing.join(', ')}`, {
    field,
    roles: missing,
  });
}

function checkOnce(roles: readonly PartyRole[]): void {
  if (new Set(roles).size === roles.length) return;
  throw new Refused('role-held', 'a role is named twice', { field: 'roles' });
}
