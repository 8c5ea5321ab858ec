import type { Event } from '#events/event';
import type { PartyRole } from '#events/values';

/**
 * A company, authority or person takes part. `country` is ISO 3166-1 alpha-2, `gln` its GS1 Global
 * Location Number.
 */
export type PartyRegistered = Event<
  'PartyRegistered',
  Readonly<{
    name: string;
    country: string;
    gln?: string;
    roles: readonly PartyRole[];
    /** Names in other scripts, trade names, former names: found by search, never identity. */
    aliases?: readonly string[];
  }>
>;

/** The party may act in a role from the day of the event. */
export type PartyRoleGranted = Event<'PartyRoleGranted', Readonly<{ role: PartyRole }>>;

/** The party may no longer act in a role from the day of the event. */
export type PartyRoleWithdrawn = Event<
  'PartyRoleWithdrawn',
  Readonly<{ role: PartyRole; reason: string }>
>;

/** An API key was bound to the party; only its SHA-256 (lower-case hex) is kept. */
export type ApiKeyIssued = Event<
  'ApiKeyIssued',
  Readonly<{ keyId: string; secretSha256: string; roles: readonly PartyRole[]; label?: string }>
>;

/** The key opens nothing from this event on. */
export type ApiKeyRevoked = Event<'ApiKeyRevoked', Readonly<{ keyId: string; reason?: string }>>;

/**
 * Somebody compared the party with a list of sanctioned persons. `listDate` is the day of the list,
 * `resultSha256` the hash of what came out, which stays outside.
 */
export type ScreeningPerformed = Event<
  'ScreeningPerformed',
  Readonly<{
    list: string;
    listDate: string;
    outcome: 'clear' | 'possible-match' | 'match';
    resultSha256: string;
  }>
>;

/** A holder of a party's capital; shares are parts per million. `party` is its id here, if any. */
export type Shareholder = Readonly<{
  name: string;
  country?: string;
  party?: string;
  /** @asType integer */
  ppm: number;
  /** Decides over the party, whatever its share. */
  controls?: boolean;
}>;

/**
 * Who owns the party from the day of the event on, as far as it is said: takes the place of what
 * was said before. What lacks to the whole is unknown. A natural person, or a body that nobody
 * owns, names itself.
 */
export type OwnershipDeclared = Event<
  'OwnershipDeclared',
  Readonly<{ shareholders: readonly Shareholder[] }>
>;

/**
 * A list of sanctioned persons names the party from the day `from` on. `jurisdiction` is the
 * rule book's two letters, `list` the list's name, `citation` where it was published.
 */
export type DesignationRecorded = Event<
  'DesignationRecorded',
  Readonly<{ jurisdiction: string; list: string; from: string; citation: string }>
>;

/** The list names it no longer from the day `from` on. */
export type DesignationEnded = Event<
  'DesignationEnded',
  Readonly<{ jurisdiction: string; list: string; from: string; citation: string }>
>;

/**
 * Where the party is to be written to from the day of the event on, line by line, as its letterhead
 * has it: takes the place of what was said before.
 */
export type AddressDeclared = Event<'AddressDeclared', Readonly<{ lines: readonly string[] }>>;

export type PartyEvent =
  | PartyRegistered
  | PartyRoleGranted
  | PartyRoleWithdrawn
  | ApiKeyIssued
  | ApiKeyRevoked
  | ScreeningPerformed
  | OwnershipDeclared
  | DesignationRecorded
  | DesignationEnded
  | AddressDeclared;
