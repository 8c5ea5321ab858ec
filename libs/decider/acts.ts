import type { When } from '#events/event';
import type { PartyRole } from '#events/values';
import type { Command, CommandMeta } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { isAfterNow, isBefore, spanOf } from '#libs/decider/when';
import { isGln } from '#libs/reference/gln';

/** A party that a command names besides the one that acts, and the field that names it. */
export type Mention = Readonly<{ party: string; field: string }>;

const longestText = 500;

/**
 * What must hold for every act of a party, whatever it is: sound texts, a real time that has begun
 * and does not lie before `latest` (the stream's latest act, `null` when it is empty), and a
 * credential that may append at all. Throws {@link Refused}.
 */
export function checkAct(command: Command, latest: When | null): void {
  const { meta } = command;
  if (meta.roles.length > 0 && meta.roles.every((role) => role === 'auditor')) {
    throw new Refused('auditor-only', 'an auditor appends nothing', { by: meta.by });
  }
  checkStatement(command, latest);
}

/** The same for what an auditor may do too: end a flag, and take that back. */
export function checkStatement(command: Command, latest: When | null): void {
  const { meta, type: _, ...facts } = command;
  const { correlationId, causationId } = meta;
  checkTexts(facts, '');
  checkTexts({ place: meta.place, correlationId, causationId }, '');
  if (meta.place?.gln !== undefined) checkGln(meta.place.gln, 'place.gln');
  checkTime(meta.at, 'at', meta.now);
  if (latest && isBefore(meta.at, latest)) {
    throw new Refused('out-of-order', `${meta.at.time} lies before ${latest.time}`, {
      field: 'at',
      latest,
    });
  }
}

/** Throws `bad-date` or `in-the-future`; `field` names the time in the command. */
export function checkTime(when: When, field: string, now: string): void {
  if (!spanOf(when)) {
    throw new Refused('bad-date', `${when.time} is no ${when.precision}`, { field });
  }
  if (isAfterNow(when, now)) {
    throw new Refused('in-the-future', `${when.time} has not begun`, { field, now });
  }
}

/** Throws `role-needed` unless the credential carried one of the roles when it happened. */
export function needRole({ by, at, roles: held }: CommandMeta, ...roles: readonly PartyRole[]) {
  if (roles.some((role) => held.includes(role))) return;
  const lacking = held.length === 0 ? 'in no role' : `only as ${held.join(', ')}`;
  throw new Refused(
    'role-needed',
    `this takes the role ${roles.join(' or ')}; at ${at.time} ${by} may act ${lacking} by this key`,
    { by, roles },
  );
}

/** Throws `bad-hash` unless the text is a SHA-256 in lower-case hex. */
export function checkSha256(text: string, field: string): void {
  if (/^[0-9a-f]{64}$/.test(text)) return;
  throw new Refused('bad-hash', `${field} is not a SHA-256 in lower-case hex`, { field });
}

/** Throws `bad-gln` unless the text is a Global Location Number. */
export function checkGln(text: string, field: string): void {
  if (isGln(text)) return;
  throw new Refused('bad-gln', `${text} is no Global Location Number`, { field });
}

/** What a command says, without its type, its meta and what was left out. */
export function factsOf<C extends Command>(command: C): Omit<C, 'type' | 'meta'> {
  const said = Object.entries(command).filter(
    ([name, value]) => name !== 'type' && name !== 'meta' && value !== undefined,
  );
  return Object.fromEntries(said) as Omit<C, 'type' | 'meta'>;
}

/** Texts come from outside: blank, endless, control characters and lone surrogates are refused. */
function checkTexts(value: unknown, field: string): void {
  if (typeof value === 'string') {
    if (isSound(value)) return;
    throw new Refused('bad-text', `${field} is blank, too long or not plain text`, { field });
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    checkTexts(inner, field === '' ? name : `${field}.${name}`);
  }
}

function isSound(text: string): boolean {
  return (
    text.length <= longestText && text.trim() !== '' && text.isWellFormed() && !/\p{Cc}/u.test(text)
  );
}
