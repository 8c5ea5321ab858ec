import type { AuthorityKnown } from '#libs/certificate/certificate-command';
import { checkSpeaksFor } from '#libs/certificate/certificate-content';
import type { Certificate, CertificateStatus, Paper } from '#libs/certificate/certificate-state';
import type { CommandMeta } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { daysOf } from '#libs/decider/when';

/** Where a certificate stands on a day (`YYYY-MM-DD`): expiry is the calendar's, not an event. */
export type Standing = CertificateStatus | 'expired' | 'suspected' | 'forged';

export function standingOn(
  { status, doubt, paper }: Pick<Certificate, 'status' | 'doubt' | 'paper'>,
  day: string,
): Standing {
  if (doubt) return doubt;
  const isOpen = status === 'issued' || status === 'validated';
  return isOpen && paper && day > paper.expiresOn ? 'expired' : status;
}

/** The letters of the participant that issues such numbers. */
export const prefixOf = ({ number }: Certificate) => number.slice(0, 2);

/** The one way in looks up what a command needs; one that comes without it is a fault. */
export function lookedUp<K>(known: K | undefined): K {
  if (known === undefined) throw new Error('a command reached its decider without its look-up');
  return known;
}

/** Throws `unknown-certificate` for a number that was only ever doubted. */
export function paperOf({ paper, number }: Certificate): Paper {
  if (paper) return paper;
  throw new Refused('unknown-certificate', `nobody issued ${number} here`);
}

/** Throws `under-suspicion`, `certificate-forged`, `unknown-certificate` or `certificate-${status}`. */
export function needStatus(state: Certificate, ...wanted: readonly CertificateStatus[]): void {
  needUndoubted(state);
  paperOf(state);
  if (wanted.includes(state.status)) return;
  throw new Refused('wrong-status', `the certificate is ${state.status}`, {
    status: state.status,
    needed: wanted,
  });
}

/** Throws `certificate-forged` or `under-suspicion`. */
export function needUndoubted({ doubt, number }: Certificate): void {
  if (doubt === 'forged') throw new Refused('certificate-forged', `${number} is forged`);
  if (doubt) throw new Refused('under-suspicion', `${number} is suspected to be forged`);
}

/** Throws `not-yet-issued` or `certificate-expired`. */
export function needValidOn({ issuedOn, expiresOn }: Paper, day: string): void {
  if (day < issuedOn) {
    throw new Refused('not-yet-issued', `the certificate is of ${issuedOn}`, { day, issuedOn });
  }
  if (day > expiresOn) {
    throw new Refused('certificate-expired', `the certificate expired on ${expiresOn}`, {
      day,
      expiresOn,
    });
  }
}

/** Throws `other-participant` unless the acting authority speaks for the issuer on that day. */
export function speakFor(
  state: Certificate,
  known: AuthorityKnown | undefined,
  { at }: CommandMeta,
): AuthorityKnown {
  const found = lookedUp(known);
  checkSpeaksFor(prefixOf(state), found.country, daysOf(at).last);
  return found;
}
