import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Paper } from '#events/evidence';
import { dayAfter, dayBefore } from '#libs/reference/calendar';
import { testOf } from '#libs/rulebook/condition';
import { bothCuts, cutsOf, leavesOf, noCuts } from '#libs/rulebook/cuts';
import { ruleBook } from '#libs/rulebook/rule-book';
import type { Facts, Processing } from '#libs/rulebook/facts';
import type { Jurisdiction } from '#libs/rulebook/rule';
import { factsOf } from '#projections/way/facts';
import { judged } from '#projections/verdicts/kinds';
import { kindOf, nameOf, wayOfKind } from '#projections/verdicts/kind';
import type { PaperOnFile } from '#projections/way/evidence';
import type { Way } from '#projections/way/way';

const { jurisdictions } = ruleBook();

/** Other thresholds and other stages, as an adopted version may have them. */
const others = jurisdictions.map((each): Jurisdiction => {
  const text = JSON.stringify(each)
    .replaceAll('"mct":500', '"mct":300')
    .replaceAll('"2024-09-01"', '"2024-08-15"')
    .replaceAll('"2024-08-31"', '"2024-08-14"');
  return JSON.parse(text) as Jurisdiction;
});

/** Rules of states that had none of their own, one of them on a country that no other rule names. */
const more = jurisdictions.flatMap((each): readonly Jurisdiction[] => {
  const renamed = { EU: 'BE', US: 'AE', UK: 'AQ' }[each.id];
  if (renamed === undefined) return [each];
  const text = JSON.stringify({ ...each, id: renamed });
  const named = renamed === 'AQ' ? text.replaceAll('"RU"', '"AQ"') : text;
  return [each, JSON.parse(named) as Jurisdiction];
});

const books = [jurisdictions, others, more].map((all) => ({
  cuts: all.map(cutsOf).reduce(bothCuts, noCuts),
  rules: all.map((jurisdiction) => ({ version: 'v', jurisdiction })),
}));

const stages = [...new Set(books.flatMap(({ cuts }) => cuts.days))];
const day = fc.oneof(
  fc.constantFrom(...stages, '1999-05-05', '2021-12-31', '2025-02-11', '2027-03-03'),
  fc.constantFrom(...stages.map(dayBefore), ...stages.map(dayAfter)),
);
const country = fc.constantFrom(
  'RU',
  'BE',
  'HR',
  'IN',
  'AE',
  'CH',
  'LI',
  'GB',
  'US',
  'JP',
  'CA',
  'BY',
  'AQ',
  'HK',
  'IM',
);
const mct = fc.oneof(
  fc.constantFrom(0, 1, 299, 300, 499, 500, 509, 999, 1_000, 1_001, 100_000_000, 100_000_001),
  fc.integer({ min: 1, max: 3_000 }),
);
const paper: fc.Arbitrary<Paper> = fc.oneof(
  fc.record({
    kind: fc.constant('kimberley-certificate' as const),
    number: fc.constantFrom('BW1', 'BW2'),
    origin: fc.constantFrom(
      { kind: 'single', country: 'BW' } as const,
      { kind: 'mixed-undisclosed' } as const,
      { kind: 'mixed-listed', countries: ['BW', 'CA'] } as const,
    ),
  }),
  fc.record({
    kind: fc.constantFrom('g7-certificate' as const, 'meti-confirmation' as const),
    number: fc.constantFrom('1', '2'),
  }),
  fc.record({
    kind: fc.constantFrom('due-diligence-statement' as const, 'cbsa-attestation' as const),
    signatory: fc.constantFrom('A', 'B'),
  }),
  fc.record({
    kind: fc.constantFrom(
      'supplier-declaration' as const,
      'invoice' as const,
      'air-waybill' as const,
    ),
    supplier: fc.constantFrom('A', 'B'),
  }),
  fc.record({
    kind: fc.constant('us-self-certification' as const),
    statement: fc.constantFrom('loose' as const, 'jewellery' as const),
    entryNo: fc.constantFrom('1', '2'),
  }),
  fc.record({
    kind: fc.constant('us-licence-statement' as const),
    licence: fc.constantFrom('GL103' as const, 'GL104' as const),
  }),
  fc
    .record({ country, from: day, to: fc.option(day, { nil: undefined }) })
    .map(({ to, ...rest }) => ({ kind: 'location-proof' as const, ...rest, ...(to && { to }) })),
  fc.record({
    kind: fc.constant('processing-record' as const),
    country,
    operation: fc.constantFrom('sawn' as const, 'polished' as const),
    on: day,
  }),
  fc.record({
    kind: fc.constant('licence' as const),
    number: fc.constant('9'),
    scope: fc.constant('x'),
  }),
);
const onFile: fc.Arbitrary<PaperOnFile> = fc.record({
  evidenceNo: fc.constantFrom('EV-1', 'EV-2', 'EV-3'),
  paper,
  validFrom: fc.option(day, { freq: 2 }),
  validTo: fc.option(day, { freq: 2 }),
});
const processing: fc.Arbitrary<Processing> = fc.oneof(
  fc.constant({ state: 'unprocessed' } as const),
  fc.constant({ state: 'unknown' } as const),
  country.map((each) => ({ state: 'processed', in: each, operation: 'polished' }) as const),
);
const bounds = fc.tuple(mct, fc.option(mct)).map(([min, max]) => ({
  min,
  max: max === null ? null : Math.max(min, max),
}));
const part = fc.record({
  stream: fc.constantFrom('stone-a', 'stone-b'),
  stoneMct: bounds,
  mined: fc.constant(['RU']),
  transited: fc.uniqueArray(country, { maxLength: 2 }),
  grown: fc.boolean(),
});
const way: fc.Arbitrary<Way> = fc
  .record({
    form: fc.constantFrom<Way['form'][]>(
      'rough',
      'piece',
      'polished',
      'unsorted',
      'sorted',
      'melee',
      'article',
    ),
    grown: fc.boolean(),
    weight: fc.option(
      fc.record({
        mct,
        qualifier: fc.constantFrom('eq' as const, 'gt' as const, 'lt' as const, 'approx' as const),
        basis: fc.constantFrom('weighed' as const, 'reported' as const),
      }),
    ),
    mined: fc.constantFrom(
      ['RU'],
      ['BW'],
      ['BW', 'CA'],
      ['AO', 'RU'],
      ['AQ', 'BW'],
      ['BW', 'ZZ'],
      ['ZZ'],
      [],
    ),
    country: fc.option(country),
    isThere: fc.boolean(),
    transited: fc.uniqueArray(country, { maxLength: 3 }),
    worked: fc.uniqueArray(country, { maxLength: 2 }),
    leftRussiaOn: fc.option(day),
    since: fc.dictionary(country, day, { maxKeys: 3, noNullPrototype: true }),
    papers: fc.array(onFile, { maxLength: 3 }),
    kimberleyRefused: fc.boolean(),
    makingIn: fc.option(country),
    processing,
    hs: fc.constantFrom(null, '710229'),
    grownIn: fc.option(country),
    grownParts: fc.constantFrom({}, { 1: 'CN' }),
    each: fc.option(bounds),
    madeThere: fc.option(country),
    first: fc.option(country),
    madeOn: fc.option(day),
    setIn: fc.constantFrom(null, 'jewellery-r1'),
    parts: fc.array(part, { maxLength: 2 }),
  })
  .map(({ grown, ...rest }) => ({ ...rest, ...(grown && { grown }) }));

/** What every single test of a jurisdiction's rules answers of goods, and what papers they are shown. */
function seenBy(
  { rules }: Jurisdiction,
  facts: Facts,
): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (const { id, when } of rules) {
    const bans = rules.filter((each) => each.kind === 'ban' && each.exceptions.includes(id));
    for (const banStart of new Set([null, ...bans.map(({ effectiveFrom }) => effectiveFrom)])) {
      for (const leaf of leavesOf(when)) {
        const answers = (facts.minedIn ?? [null]).map((minedIn) =>
          testOf(leaf).answer({ facts, minedIn, banStart }),
        );
        found[`${JSON.stringify(leaf)} ${banStart}`] = [...new Set(answers)].sort();
      }
    }
  }
  const papers = facts.evidence.map(
    ({ kind, ...valid }) => `${kind} ${valid.validFrom} ${valid.validTo}`,
  );
  return { ...found, papers: [...new Set(papers)].sort() };
}

describe('goods of a kind', () => {
  it('are to every test of every rule as the way that stands for them', () => {
    fc.assert(
      fc.property(way, fc.constantFrom(...books), (goods, { cuts, rules }) => {
        const other = wayOfKind(kindOf(goods, cuts));
        for (const { jurisdiction } of rules) {
          const seen = (each: Way) => seenBy(jurisdiction, factsOf(each, jurisdiction.id));
          expect(seen(other)).toEqual(seen(goods));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are judged as the way that stands for them, in all jurisdictions, on all days', () => {
    fc.assert(
      fc.property(way, day, fc.constantFrom(...books), (goods, on, { cuts, rules }) => {
        const kind = kindOf(goods, cuts);
        const other = wayOfKind(kind);
        for (const each of rules) expect(judged(other, each, on)).toEqual(judged(goods, each, on));
        expect(kindOf(other, cuts)).toBe(kind);
      }),
      { numRuns: 400 },
    );
  });

  it('are one kind though weights, days, places and numbers differ that no rule compares', () => {
    const [{ cuts } = { cuts: noCuts }] = books;
    const one: Way = {
      form: 'polished',
      weight: { mct: 612, qualifier: 'eq', basis: 'weighed' },
      mined: ['BW'],
      country: 'IN',
      isThere: true,
      transited: ['AE', 'IN'],
      worked: [],
      leftRussiaOn: null,
      since: { AE: '2024-02-03', IN: '2024-05-05' },
      papers: [
        {
          evidenceNo: 'A',
          paper: { kind: 'invoice', supplier: 'X' },
          validFrom: null,
          validTo: null,
        },
      ],
      kimberleyRefused: false,
      makingIn: 'IN',
      hs: null,
      grownIn: null,
      grownParts: {},
      each: null,
      madeThere: null,
      first: null,
      madeOn: null,
      setIn: null,
      parts: [],
      processing: { state: 'processed', in: 'IN', operation: 'polished' },
    };
    const other: Way = {
      ...one,
      weight: { mct: 980, qualifier: 'approx', basis: 'declared' },
      country: 'HK',
      transited: [],
      since: { HK: '2024-02-04' },
      papers: [
        {
          evidenceNo: 'B',
          paper: { kind: 'invoice', supplier: 'Y' },
          validFrom: null,
          validTo: null,
        },
      ],
      processing: { state: 'processed', in: 'AE', operation: 'polished' },
    };
    const heavier: Way = { ...one, weight: { mct: 1_000, qualifier: 'eq', basis: 'weighed' } };
    expect(kindOf({ ...other, weight: { ...other.weight, mct: 700 } as Way['weight'] }, cuts)).toBe(
      kindOf(one, cuts),
    );
    expect(kindOf(heavier, cuts)).not.toBe(kindOf(one, cuts));
    expect(kindOf(one, { ...cuts, mct: [600, 620] })).not.toBe(
      kindOf(heavier, { ...cuts, mct: [620] }),
    );
  });

  it('have names of their own', () => {
    const texts = Array.from({ length: 20_000 }, (_, n) => `{"mct":${n}}`);
    expect(new Set(texts.map(nameOf)).size).toBe(texts.length);
  });
});
