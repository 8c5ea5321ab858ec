import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayAfter, dayBefore } from '#libs/reference/calendar';
import { compareOutcomes, evaluate } from '#libs/rulebook/evaluate';
import { nothingElseKnown } from '#libs/rulebook/facts';
import type { Evidence, EvidenceKind, Facts } from '#libs/rulebook/facts';
import { hsEntries } from '#libs/rulebook/hs';
import type { Verdict } from '#libs/rulebook/verdict';
import { ruleBook } from '#libs/rulebook/rule-book';

fc.configureGlobal({ numRuns: 1_000 });

const country = fc.constantFrom('RU', 'BW', 'IN', 'AE', 'BY', 'BE');

function* daysThrough(from: string, to: string) {
  for (let day = from; day <= to; day = dayAfter(day)) yield day;
}

const allDays = [...daysThrough('2022-01-01', '2027-12-31')];
const anyDay = fc.constantFrom(...allDays);
/** SCANS=20: so many times the goods whose verdicts are followed through the days. */
const scans = Number(process.env['SCANS'] ?? 1);
const maybeDay = fc.option(anyDay);

const kinds: readonly EvidenceKind[] = [
  'kimberley-single',
  'kimberley-listed',
  'kimberley-mixed',
  'kimberley-unstated',
  'g7-certificate',
  'documentary-evidence',
  'due-diligence-statement',
  'location-proof',
  'us-statement-loose',
  'us-statement-jewellery',
  'us-statement-gl103',
  'us-statement-gl104',
  'cbsa-attestation',
  'meti-confirmation',
  'licence',
];

const paper: fc.Arbitrary<Evidence> = fc
  .tuple(fc.constantFrom(...kinds), maybeDay, maybeDay)
  .map(([kind, one, other]) =>
    one !== null && other !== null && one > other
      ? { kind, validFrom: other, validTo: one }
      : { kind, validFrom: one, validTo: other },
  );

const mct = fc.constantFrom(0, 490, 499, 500, 501, 991, 999, 1000, 1001, 5000);

const goods = fc.constantFrom(...hsEntries).chain(({ code, material, form }) =>
  fc.record({
    hs: fc.constant(code),
    material: material === null ? fc.constantFrom('natural', 'synthetic') : fc.constant(material),
    processing: fc.oneof(
      fc.constant({ state: 'unknown' } as const),
      country.map((where) => ({ state: 'processed', in: where }) as const),
      ...(form === 'worked' || form === 'article'
        ? []
        : [fc.constant({ state: 'unprocessed' } as const)]),
    ),
  }),
);

/** A stay elsewhere begins on the day of leaving Russia or later. */
const stays = fc
  .tuple(maybeDay, maybeDay)
  .map(([one, other]) =>
    one !== null && other !== null && one > other
      ? { leftRussiaOn: other, inThirdCountrySince: one }
      : { leftRussiaOn: one, inThirdCountrySince: other },
  );

const facts: fc.Arbitrary<Facts> = fc
  .tuple(
    goods,
    fc.record({
      stoneMct: fc.option(
        fc.tuple(mct, fc.option(mct)).map(([one, other]) => ({
          min: other === null ? one : Math.min(one, other),
          max: other === null ? null : Math.max(1, one, other),
        })),
      ),
      minedIn: fc.option(fc.uniqueArray(fc.oneof(country, fc.constant('ZZ')), { maxLength: 4 })),
      shippedFrom: fc.option(country),
      transited: fc.uniqueArray(country, { maxLength: 2 }),
      workedIn: fc.uniqueArray(country, { maxLength: 2 }),
      inEuOn: maybeDay,
      contractOn: maybeDay,
      counterparty: fc.option(fc.constantFrom('alrosa', 'first-diamond-company', 'somebody')),
      madeOn: maybeDay,
      use: fc.constantFrom<Facts['use']>(
        'commercial',
        'personal',
        'cultural-loan',
        'lawfully-in-destination',
      ),
      procedure: fc.option(fc.constantFrom('outward-processing' as const)),
      kimberleyRefused: fc.boolean(),
      evidence: fc.array(paper, { maxLength: 5 }),
    }),
  )
  .chain(([what, known]) =>
    stays.map((stay) => ({ ...nothingElseKnown, ...what, ...known, ...stay })),
  );

const jurisdiction = fc.constantFrom(...ruleBook().jurisdictions.map(({ id }) => id));
const act = fc.constantFrom('import' as const, 'purchase' as const, 'transfer' as const);

/** The same goods, as who knows less of them would tell of them. */
const forgotten = fc.constantFrom<((of: Facts) => Partial<Facts>)[]>(
  () => ({ processing: { state: 'unknown' as const } }),
  () => ({ shippedFrom: null }),
  () => ({ stoneMct: null }),
  ({ stoneMct }) => ({ stoneMct: stoneMct && { min: 0, max: stoneMct.max } }),
  ({ stoneMct }) => ({ stoneMct: stoneMct && { min: stoneMct.min, max: null } }),
  () => ({ minedIn: null }),
  ({ minedIn }) => ({ minedIn: minedIn && [...minedIn, 'ZZ'] }),
  () => ({ leftRussiaOn: null }),
  () => ({ inEuOn: null }),
  () => ({ inThirdCountrySince: null }),
  () => ({ madeOn: null, contractOn: null }),
);

const everyDay = () => allDays;

const daysIn = (value: unknown) => JSON.stringify(value).match(/\d{4}-\d{2}-\d{2}/g) ?? [];
const daysOfLaw = new Map(ruleBook().jurisdictions.map((each) => [each.id, daysIn(each)]));

/** Every day that the law or the facts name, the ones before and after it, and each first of a month. */
function daysAround(of: Facts, where: string): readonly string[] {
  const around = new Set(allDays.filter((day) => day.endsWith('-01')));
  for (const day of [...(daysOfLaw.get(where) ?? []), ...daysIn(of)]) {
    for (const near of [dayBefore(day), day, dayAfter(day)]) around.add(near);
  }
  const [first = '', last = ''] = [allDays[0], allDays.at(-1)];
  return [...around].filter((day) => first <= day && day <= last).sort();
}

type Told = Omit<Verdict, 'nextChangeOn' | 'factsUsed'>;

function inShort({ outcome, reasons, exceptionsTried, confidence, staleRisk, borderline }: Told) {
  let text = `${outcome} ${confidence} ${staleRisk} ${borderline}`;
  for (const { outcome: each, rule, minedIn, evidenceMissing = [] } of reasons) {
    text += ` ${each} ${rule} ${minedIn} ${evidenceMissing.join()}`;
  }
  for (const { exception, rule, result } of exceptionsTried)
    text += ` ${exception} ${rule} ${result}`;
  return text;
}

describe('a verdict', () => {
  it('does not depend on the order of papers, origins or countries of transit', () => {
    fc.assert(
      fc.property(facts, jurisdiction, anyDay, act, (of, where, day, does) => {
        const reordered: Facts = {
          ...of,
          evidence: of.evidence.toReversed(),
          minedIn: of.minedIn?.toReversed() ?? null,
          transited: of.transited.toReversed(),
        };
        const { factsUsed: one, ...verdict } = evaluate(of, where, day, does);
        const { factsUsed: other, ...again } = evaluate(reordered, where, day, does);
        expect(again).toEqual(verdict);
        expect(other.map(({ fact }) => fact)).toEqual(one.map(({ fact }) => fact));
      }),
    );
  });

  it('never gets better when a paper is taken away', () => {
    fc.assert(
      fc.property(facts, paper, jurisdiction, anyDay, act, (of, taken, where, day, does) => {
        const withIt = { ...of, evidence: [...of.evidence, taken] };
        const before = evaluate(withIt, where, day, does).outcome;
        const after = evaluate(of, where, day, does).outcome;
        expect(compareOutcomes(after, before)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('never gets better when one more country becomes possible', () => {
    fc.assert(
      fc.property(facts, country, jurisdiction, anyDay, act, (of, more, where, day, does) => {
        fc.pre(of.minedIn !== null && of.minedIn.length > 0);
        const wider = { ...of, minedIn: [...(of.minedIn ?? []), more] };
        const narrow = evaluate(of, where, day, does).outcome;
        expect(
          compareOutcomes(evaluate(wider, where, day, does).outcome, narrow),
        ).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('is never CLEAR of unknown origin where a Russian or Belarusian one would be prohibited', () => {
    fc.assert(
      fc.property(facts, jurisdiction, anyDay, act, (of, where, day, does) => {
        const culprit = where.endsWith('BY') ? 'BY' : 'RU';
        const known = evaluate({ ...of, minedIn: [culprit] }, where, day, does).outcome;
        fc.pre(known === 'PROHIBITED');
        const unknown = evaluate({ ...of, minedIn: null }, where, day, does).outcome;
        expect(unknown).not.toBe('CLEAR');
      }),
    );
  });

  it('lets goods pass on less knowledge only where it lets them pass on more', () => {
    const passes = ({ outcome }: Verdict) => outcome === 'CLEAR' || outcome === 'EXEMPT';
    fc.assert(
      fc.property(facts, forgotten, jurisdiction, anyDay, act, (of, forget, where, day, does) => {
        const less = evaluate({ ...of, ...forget(of) }, where, day, does);
        fc.pre(passes(less));
        expect(passes(evaluate(of, where, day, does))).toBe(true);
      }),
    );
  });

  const elsewhere = { state: 'processed', in: 'AQ' } as const;
  const worked = fc.constantFrom<Facts['processing']>(
    elsewhere,
    { state: 'processed', in: 'RU' },
    { state: 'processed', in: 'BY' },
    { state: 'unprocessed' },
  );
  const isRaw = ({ hs }: Facts) => /^7102[123]1|710210|710421/.test(hs);

  it('is PROHIBITED of an unknown place of processing, sender and weight in each case of these, or in none', () => {
    const known = fc.record({
      processing: worked,
      shippedFrom: fc.constantFrom('AQ', 'RU', 'BY'),
      stoneMct: mct.filter((each) => each > 0).map((each) => ({ min: each, max: each })),
    });
    fc.assert(
      fc.property(facts, known, jurisdiction, anyDay, act, (of, being, where, day, does) => {
        fc.pre(isRaw(of) || being.processing.state !== 'unprocessed');
        const processing = { state: 'unknown' } as const;
        const { minedIn } = of;
        const open = { ...of, processing, shippedFrom: null, stoneMct: null };
        fc.pre(minedIn !== null && evaluate(open, where, day, does).outcome === 'PROHIBITED');
        expect(evaluate({ ...of, ...being }, where, day, does).outcome).toBe('PROHIBITED');
      }),
      { numRuns: 300 },
    );
  });

  it('is PROHIBITED of an unknown place of processing wherever each place would be', () => {
    fc.assert(
      fc.property(facts, country, jurisdiction, anyDay, act, (of, mined, where, day, does) => {
        const within = (processing: Facts['processing']) =>
          evaluate({ ...of, minedIn: [mined], processing }, where, day, does).outcome;
        const places = ['RU', 'BY', 'AQ'].map(
          (each) => ({ state: 'processed', in: each }) as const,
        );
        const each = [...places, ...(isRaw(of) ? [{ state: 'unprocessed' } as const] : [])];
        const isAlways = each.every((processing) => within(processing) === 'PROHIBITED');
        expect(within({ state: 'unknown' }) === 'PROHIBITED').toBe(isAlways);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is CLEAR of unknown origin only where no possible country would change that', () => {
    fc.assert(
      fc.property(facts, jurisdiction, anyDay, act, country, (of, where, day, does, known) => {
        fc.pre(evaluate({ ...of, minedIn: null }, where, day, does).outcome === 'CLEAR');
        expect(evaluate({ ...of, minedIn: [known] }, where, day, does).outcome).toBe('CLEAR');
      }),
    );
  });

  it.each([
    [
      'all of it, each day, of a few goods',
      40,
      everyDay,
      (verdict: Told) => JSON.stringify(verdict),
    ],
    ['what decides it, each day, of more', 300, everyDay, inShort],
    ['what decides it, around the days of law and facts, of many', 2_000, daysAround, inShort],
  ])('stays as it is until the day it names: %s', (_, numRuns, daysFor, told) => {
    fc.assert(
      fc.property(facts, jurisdiction, act, (of, where, does) => {
        let due: string | null = '';
        let standing = '';
        const late: string[] = [];
        for (const day of daysFor(of, where)) {
          const { nextChangeOn, factsUsed: _used, ...verdict } = evaluate(of, where, day, does);
          const now = told(verdict);
          if (due !== null && day >= due) standing = now;
          if (now !== standing || (nextChangeOn !== null && nextChangeOn <= day)) late.push(day);
          due = nextChangeOn;
        }
        expect(late).toEqual([]);
      }),
      { numRuns: numRuns * scans },
    );
  });

  it('names a rule and a citation, and never falls silent on a day of the law', () => {
    fc.assert(
      fc.property(facts, jurisdiction, anyDay, act, (of, where, day, does) => {
        const { rule, citation, reasons } = evaluate(of, where, day, does);
        expect(rule).toMatch(/^(EU|US|UK|CA|JP|CH|LI|BY|CABY|KP)-[A-Za-z0-9]+$/);
        expect(citation).not.toBe('');
        expect(reasons.length).toBeGreaterThan(0);
      }),
    );
  });
});
