import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Paper } from '#events/evidence';
import { dayAfter } from '#libs/reference/calendar';
import { compareOutcomes, evaluate } from '#libs/rulebook/evaluate';
import { ruleBook } from '#libs/rulebook/rule-book';
import type { Outcome } from '#libs/rulebook/verdict';
import type { PaperOnFile } from '#projections/way/evidence';
import { factsOf } from '#projections/way/facts';
import type { Way } from '#projections/way/way';
import { proofs } from '#test/support/proofs';

function* daysThrough(from: string, to: string) {
  for (let day = from; day <= to; day = dayAfter(day)) yield day;
}

const anyDay = fc.constantFrom(...daysThrough('2022-01-01', '2027-12-31'));
const maybeDay = fc.option(anyDay);
const country = fc.constantFrom('RU', 'BY', 'BW', 'IN', 'AE', 'BE', 'GB', 'CH', 'US');
const jurisdiction = fc.constantFrom(...ruleBook().jurisdictions.map(({ id }) => id));

const stay = (where: fc.Arbitrary<string>): fc.Arbitrary<Paper> =>
  fc.tuple(where, anyDay, maybeDay).map(([in_, one, other]) => {
    const [from, to] = other !== null && other < one ? [other, one] : [one, other];
    return { kind: 'location-proof', country: in_, from, ...(to !== null && { to }) };
  });
const work = (where: fc.Arbitrary<string>): fc.Arbitrary<Paper> =>
  fc.record({
    kind: fc.constant('processing-record' as const),
    country: where,
    operation: fc.constant('polished' as const),
    on: anyDay,
  });
const proof: fc.Arbitrary<Paper> = fc.oneof(
  fc.constantFrom(...proofs),
  stay(country.filter((each) => each !== 'RU' && each !== 'BY')),
);

const put = (paper: fc.Arbitrary<Paper>): fc.Arbitrary<PaperOnFile> =>
  fc.tuple(paper, maybeDay, maybeDay).map(([each, one, other]) => {
    const [validFrom, validTo] =
      one !== null && other !== null && other < one ? [other, one] : [one, other];
    return { evidenceNo: 'EV', paper: each, validFrom, validTo };
  });
const papers = fc.array(put(fc.oneof(proof, stay(country), work(country))), { maxLength: 4 });

const way: fc.Arbitrary<Way> = fc
  .record({
    form: fc.constantFrom<Way['form'][]>('polished', 'melee'),
    mct: fc.constantFrom(300, 500, 800, 1_000, 5_000),
    mined: fc.constantFrom(['RU'], ['BW'], ['BW', 'RU'], ['BY'], ['ZZ'], []),
    country: fc.option(country),
    since: fc.dictionary(country, anyDay, { maxKeys: 2, noNullPrototype: true }),
    leftRussiaOn: maybeDay,
    processing: fc.oneof(
      fc.constant({ state: 'unknown' } as const),
      country.map((in_) => ({ state: 'processed', in: in_ }) as const),
    ),
    worked: fc.uniqueArray(country, { maxLength: 1 }),
    transited: fc.uniqueArray(country, { maxLength: 1 }),
    papers,
  })
  .map(({ mct, leftRussiaOn, since, ...rest }) => ({
    ...rest,
    hs: null,
    grownIn: null,
    grownParts: {},
    weight: { mct, qualifier: 'eq', basis: 'weighed' },
    each: null,
    isThere: rest.country !== null,
    first: null,
    madeThere: null,
    leftRussiaOn: rest.country === 'RU' ? null : leftRussiaOn,
    since: rest.country === 'RU' ? {} : without(since, leftRussiaOn),
    kimberleyRefused: false,
    parts: [],
    madeOn: null,
    setIn: null,
    makingIn: null,
  }));

/** Events tell of stays since goods were last in Russia only. */
function without(since: Readonly<Record<string, string>>, left: string | null) {
  return Object.fromEntries(
    Object.entries(since).filter(([in_, from]) => in_ !== 'RU' && (left === null || from >= left)),
  );
}

const passes = (outcome: Outcome) => outcome === 'CLEAR' || outcome === 'EXEMPT';

function judged(goods: Way, where: string, day: string): Outcome {
  return evaluate(factsOf(goods, where), where, day, 'import').outcome;
}

const culprits = fc.constantFrom('RU', 'BY');
const runs = { numRuns: 3_000 };

describe('goods with papers on file', () => {
  it('are judged no better when one that proves something for them is taken away', () => {
    fc.assert(
      fc.property(way, put(proof), jurisdiction, anyDay, (goods, taken, where, day) => {
        const before = judged({ ...goods, papers: [...goods.papers, taken] }, where, day);
        expect(compareOutcomes(judged(goods, where, day), before)).toBeLessThanOrEqual(0);
      }),
      runs,
    );
  });

  it('are not let in by one that has them in Russia or Belarus', () => {
    fc.assert(
      fc.property(way, put(stay(culprits)), jurisdiction, anyDay, (goods, added, where, day) => {
        fc.pre(isOfCulprit(added, where));
        const after = judged({ ...goods, papers: [...goods.papers, added] }, where, day);
        if (passes(after)) expect(passes(judged(goods, where, day))).toBe(true);
      }),
      runs,
    );
  });

  it('are not cleared by one that has them worked on there: at best a ban has an exception', () => {
    fc.assert(
      fc.property(way, put(work(culprits)), jurisdiction, anyDay, (goods, added, where, day) => {
        fc.pre(isOfCulprit(added, where));
        const after = judged({ ...goods, papers: [...goods.papers, added] }, where, day);
        if (after === 'CLEAR') expect(judged(goods, where, day)).toBe('CLEAR');
      }),
      runs,
    );
  });

  it('are not let in by taking away all papers on where they were made', () => {
    fc.assert(
      fc.property(way, jurisdiction, anyDay, (goods, where, day) => {
        const work = goods.papers.filter(({ paper }) => paper.kind === 'processing-record');
        fc.pre(work.length > 0 && !work.some(isInRussia));
        const known = judged(goods, where, day);
        const kept = goods.papers.filter((each) => !work.includes(each));
        const unknown = judged({ ...goods, papers: kept }, where, day);
        if (passes(unknown)) expect(passes(known)).toBe(true);
      }),
      runs,
    );
  });
});

const isOfCulprit = ({ paper }: PaperOnFile, where: string) =>
  'country' in paper && paper.country === (where.endsWith('BY') ? 'BY' : 'RU');

const isInRussia = ({ paper }: PaperOnFile) =>
  'country' in paper && (paper.country === 'RU' || paper.country === 'BY');
