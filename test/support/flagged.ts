import { replay } from '#libs/views/replay';
import type { FlagsAsked } from '#projections/flags/flag-list';
import { flagsBy } from '#projections/flags/flag-list';
import { flags } from '#projections/flags/flags';
import { actingLedger } from '#test/support/acting';
import type { Party } from '#test/support/acting';
import { mct } from '#test/support/given';

const cast: Readonly<Record<string, Party>> = {
  alrosa: ['RU', 'producer', 'dealer'],
  cutters: ['RU', 'cutter'],
  kgk: ['IN', 'dealer', 'cutter'],
  gia: ['US', 'laboratory'],
  police: ['IN', 'authority'],
};
export const recover = (exact: number) =>
  ({ type: 'RecoverRough', mineId: 'ru-ebelyakh', weight: mct(exact) }) as const;
const unknown = { countries: [], mineIds: [], chainOfCustody: 'unknown' } as const;
export const open = (exact: number, owner: string) =>
  ({
    type: 'OpenHistory',
    form: 'polished',
    weight: mct(exact),
    origin: unknown,
    owner,
    basis: 'bought',
  }) as const;
export const bill = { documents: [{ type: 'invoice', number: 'I-1' }] };
export const release = (to: string, purpose = 'sale') => ({ type: 'ReleaseCustody', to, purpose });

/** A ledger of a small cast, and the flags it raises. */
export async function flaggedLedger() {
  const { act, ...ledger } = await actingLedger(cast);
  return { ...ledger, act, found };

  /** The flags raised so far, as rule, subject and the positions of the events they rest on. */
  async function found(asked: FlagsAsked = {}) {
    const views = await replay([flags], await ledger.events(), '2025-04-30');
    const raised = await flagsBy(views, asked, 100);
    return raised.map(({ rule, subject, events, finding }) => ({
      rule,
      subject,
      of: events.map(({ stream, revision }) => `${stream}#${revision}`),
      finding,
    }));
  }
}
