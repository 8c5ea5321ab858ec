import type { Place } from '#events/event';
import { idOf } from '#events/streams';
import { Refused } from '#libs/decider/decider';
import type { FileStep, GoodsFile } from '#libs/documents/goods-file';
import { stands } from '#libs/documents/goods-file';
import { mineById } from '#libs/reference/mines';
import type { Facts } from '#libs/rulebook/facts';

const making: ReadonlySet<string> = new Set([
  'ManufacturingStarted',
  'RoughSawn',
  'RoughCleaved',
  'RoughCleaned',
  'PolishedDiamondProduced',
  'PolishedParcelProduced',
  'StoneRecut',
  'StoneRepolished',
  'JewelleryItemMade',
]);

/**
 * The facts of goods that a statement may call not Russian: every country they could have been
 * mined in is known and none is Russia, and nothing was made of them there. Refuses
 * `statement-untrue` for what the ledger knows to be otherwise and `statement-unproved` for what it
 * cannot rule out: nobody is handed a paper to sign that the record does not carry.
 */
export function factsIfNotRussian(file: GoodsFile, jurisdiction: string): Facts {
  const facts = file.factsFor?.(jurisdiction);
  if (!facts) throw unproved(file.subject, 'what the goods are');
  const { minedIn, processing } = facts;
  if (minedIn?.includes('RU')) {
    const possibly = minedIn.length === 1 ? 'was' : 'could have been';
    throw untrue(file.subject, 'minedIn', `${possibly} mined in RU`);
  }
  if (madeInRussia(file.steps)) throw untrue(file.subject, 'steps', 'was worked on in RU');
  if (processing.state === 'processed' && processing.in === 'RU') {
    throw untrue(file.subject, 'processing', 'was last processed in RU');
  }
  if (minedIn === null || minedIn.length === 0 || minedIn.includes('ZZ')) {
    throw unproved(file.subject, 'every country it could have been mined in');
  }
  if (file.bonds.contests.length > 0) throw unproved(file.subject, 'which claim of origin stands');
  if (processing.state === 'unknown') throw unproved(file.subject, 'where it was last processed');
  return facts;
}

/**
 * For statements that go with loose goods: refuses `consumed` for what no longer exists as such and
 * `goods-differ` for a stone that is set, as it is imported as part of the article.
 */
export function refuseAbsent({ subject, card, setIn }: GoodsFile): void {
  if (card.consumed) {
    throw new Refused('consumed', `${idOf(subject)} no longer exists as such`, {
      field: 'id',
      subject,
    });
  }
  if (setIn === null) return;
  throw new Refused(
    'goods-differ',
    `${idOf(subject)} is set in ${setIn} and is imported as part of it: jewellery (7113)`,
    { field: 'id', subject, setIn },
  );
}

/** For statements that also say the goods were not exported from Russia. */
export function refuseExported(subject: string, steps: readonly FileStep[]): void {
  if (steps.filter(stands).some(({ place }) => countryAt(place) === 'RU')) {
    throw untrue(subject, 'steps', 'was in RU, and left it');
  }
}

/** Whether a step that makes something of goods was done in Russia. */
export function madeInRussia(steps: readonly FileStep[]): boolean {
  return steps
    .filter(stands)
    .some(({ type, place }) => making.has(type) && countryAt(place) === 'RU');
}

/** The country of a place, as far as it says one; the first two letters of a UN/LOCODE are it. */
export function countryAt(place: Place | null): string | undefined {
  const { country, mineId, unlocode } = place ?? {};
  return country ?? (mineId === undefined ? unlocode?.slice(0, 2) : mineById(mineId)?.country);
}

/** The ledger knows otherwise: `known` completes “by the ledger the goods …”. */
export function untrue(subject: string, fact: string, known: string): Refused {
  return new Refused(
    'statement-untrue',
    `the statement cannot be made: by the ledger ${idOf(subject)} ${known}`,
    { field: 'id', subject, fact },
  );
}

/** The ledger does not know what the statement would say. */
export function unproved(subject: string, unknown: string): Refused {
  return new Refused(
    'statement-unproved',
    `the statement cannot be made: the ledger does not know ${unknown} of ${idOf(subject)}`,
    { field: 'id', subject, fact: unknown },
  );
}
