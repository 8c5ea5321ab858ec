import type { RecordedEvent } from '#libs/store/store';
import type { BruteGoods } from '#test/support/brute-goods';

/** Outcomes that the words of regulation.md leave open, where origin and place alone tell. */
export type Allowed = Readonly<{ says: string; allows: (outcome: string) => boolean }>;

const anything: Allowed = { says: 'anything', allows: () => true };

/** A day on which each has its bans in force: rough of Russia is banned whatever it weighs. */
export const bannedOn = ['2024-06-01', '2025-01-10', '2026-01-01'] as const;
export const banning = ['EU', 'US', 'UK'] as const;

/** Law turns on where such goods were grown: nothing is said of them here. */
export function areGrown(family: readonly RecordedEvent[]): boolean {
  return family.some(({ type }) => type === 'LaboratoryGrownDetected');
}

/** The countries they could have been mined in, `ZZ` for one that is not named. */
export function possibleIn({ countries }: BruteGoods): readonly string[] {
  return countries.flatMap((each) => (each.endsWith(' 0-0') ? [] : [each.slice(0, 2)]));
}

/**
 * What may be said of importing natural goods, by where they could have been mined, and where they and
 * what they came out of ever were. Rough that is Russian is prohibited (EU-R2, US-R1, UK-R1); what may
 * be, or was cut where nobody says, is not cleared; what was neither mined nor ever in Russia is not
 * prohibited. The rest of the law turns on more than that and is left open.
 */
export function allowedOf(goods: BruteGoods, family: readonly RecordedEvent[]): Allowed {
  const isWhole = goods.countries.join() === 'RU 1000000-1000000';
  const named = possibleIn(goods);
  const mayBe = named.length === 0 || named.includes('RU') || named.includes('ZZ');
  const isPolished = family.some(({ type }) => /^Polished|^StoneRe/.test(type));
  const isCut = family.some(({ type }) => /^RoughSawn|^RoughCleaved|^StoneB/.test(type));
  const wasThere = family.some(
    ({ meta, data }) =>
      meta.place?.country === 'RU' || ('mineId' in data && data.mineId.startsWith('ru-')),
  );
  if (!mayBe && !wasThere) {
    return { says: 'not PROHIBITED', allows: (outcome) => outcome !== 'PROHIBITED' };
  }
  if (isPolished || !mayBe) return anything;
  if (isWhole && !isCut)
    return { says: 'PROHIBITED', allows: (outcome) => outcome === 'PROHIBITED' };
  return {
    says: 'neither CLEAR nor EXEMPT',
    allows: (outcome) => outcome !== 'CLEAR' && outcome !== 'EXEMPT',
  };
}
