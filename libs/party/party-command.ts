import type {
  DesignationEnded,
  DesignationRecorded,
  ScreeningPerformed,
  Shareholder,
} from '#events/party';
import type { PartyRole } from '#events/values';
import type { CommandMeta } from '#libs/decider/decider';

/** An operator lets a party take part. `country` is ISO 3166-1 alpha-2. */
export type RegisterParty = Readonly<{
  type: 'RegisterParty';
  name: string;
  country: string;
  gln?: string;
  roles: readonly PartyRole[];
  aliases?: readonly string[];
  meta: CommandMeta;
}>;

export type GrantRole = Readonly<{ type: 'GrantRole'; role: PartyRole; meta: CommandMeta }>;

export type WithdrawRole = Readonly<{
  type: 'WithdrawRole';
  role: PartyRole;
  reason: string;
  meta: CommandMeta;
}>;

/**
 * An operator, or the party `partyId` itself, binds a key to that party. `secretSha256` is
 * lower-case hex.
 */
export type IssueApiKey = Readonly<{
  type: 'IssueApiKey';
  /** The party whose stream this is. */
  partyId: string;
  keyId: string;
  secretSha256: string;
  roles: readonly PartyRole[];
  label?: string;
  meta: CommandMeta;
}>;

/** An operator, or the party `partyId` itself, ends a key. */
export type RevokeApiKey = Readonly<{
  type: 'RevokeApiKey';
  /** The party whose stream this is. */
  partyId: string;
  keyId: string;
  reason?: string;
  meta: CommandMeta;
}>;

/** A party compares another, or itself, with a list. `listDate` is a day, `YYYY-MM-DD`. */
export type ScreenParty = Readonly<{ type: 'ScreenParty'; meta: CommandMeta }> &
  ScreeningPerformed['data'];

/** The party `partyId` itself, or an operator, says who owns it. */
export type DeclareOwnership = Readonly<{
  type: 'DeclareOwnership';
  /** The party whose stream this is. */
  partyId: string;
  shareholders: readonly Shareholder[];
  meta: CommandMeta;
}>;

/** An operator or an authority records that a list names the party. */
export type RecordDesignation = Readonly<{ type: 'RecordDesignation'; meta: CommandMeta }> &
  DesignationRecorded['data'];

/** An operator or an authority records that a list names the party no longer. */
export type EndDesignation = Readonly<{ type: 'EndDesignation'; meta: CommandMeta }> &
  DesignationEnded['data'];

/** The party `partyId` itself, or an operator, says what stands on its letterhead. */
export type DeclareAddress = Readonly<{
  type: 'DeclareAddress';
  /** The party whose stream this is. */
  partyId: string;
  lines: readonly string[];
  meta: CommandMeta;
}>;

export type PartyCommand =
  | RegisterParty
  | GrantRole
  | WithdrawRole
  | IssueApiKey
  | RevokeApiKey
  | ScreenParty
  | DeclareOwnership
  | RecordDesignation
  | EndDesignation
  | DeclareAddress;
