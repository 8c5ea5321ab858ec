import { describe, expect, it } from '@jest/globals';
import { faultsOf, oddities } from '#libs/rulebook/faults';
import type { Jurisdiction, Rule } from '#libs/rulebook/rule';
import { stateOn } from '#libs/rulebook/rule';
import { jurisdictionOf, ruleBook, ruleBooks } from '#libs/rulebook/rule-book';

const eu = jurisdictionOf(ruleBook(), 'EU');

/** The EU's measures with one record changed. */
function spoilt(place: (rule: Rule) => boolean, change: Partial<Rule>): Jurisdiction {
  const at = eu.rules.findIndex(place);
  return {
    ...eu,
    rules: eu.rules.map((rule, index) => (index === at ? ({ ...rule, ...change } as Rule) : rule)),
  };
}

const isR4 = ({ id }: Rule) => id === 'EU-R4';
const says = (jurisdiction: Jurisdiction) =>
  faultsOf(jurisdiction)
    .map(({ rule, fault }) => `${rule}: ${fault}`)
    .join('\n');

describe('the rule book', () => {
  it('holds no fault in any version', () => {
    for (const { jurisdictions } of ruleBooks) {
      expect(jurisdictions.flatMap(faultsOf)).toEqual([]);
    }
  });

  it('is plain data that survives JSON', () => {
    expect(JSON.parse(JSON.stringify(ruleBooks))).toEqual(ruleBooks);
  });

  it('has one version of each name', () => {
    const versions = ruleBooks.map(({ version }) => version);
    expect(new Set(versions).size).toBe(versions.length);
  });
});

describe('faults are found and named', () => {
  it.each<[string, Partial<Rule>, RegExp]>([
    ['no citation', { citation: ' ' }, /EU-R4 .*has no citation/],
    ['no source', { sources: [] }, /has no source/],
    ['a source that is not listed', { sources: ['hearsay'] }, /unknown source hearsay/],
    ['an HS code that is none', { hs: ['710299'] }, /unknown HS code 710299/],
    [
      'a day that is none',
      { effectiveFrom: '2024-09-31' },
      /effectiveFrom 2024-09-31 is not a day/,
    ],
    [
      'an interval the wrong way round',
      { effectiveTo: '2024-08-01', afterwards: 'expired' },
      /ends before it begins/,
    ],
    ['an end that leads nowhere', { effectiveTo: '2025-08-01' }, /both be given/],
    ['a rule nobody published', { publishedOn: null }, /was never published/],
    [
      'an exception that is not there',
      { exceptions: ['EU-X9'] } as Partial<Rule>,
      /EU-X9, which is not there/,
    ],
    ['a reading that is not there', { reading: 'generous' }, /reading generous/],
    ['a threshold of half a mct', { when: { test: 'stone-at-least', mct: 0.5 } }, /not whole mct/],
    [
      'a country that is none',
      { when: { test: 'mined-in', countries: ['SU'] } },
      /unknown country SU/,
    ],
    [
      'a test of no country, which never holds',
      { when: { test: 'mined-in', countries: [] } },
      /EU-R4 .*mined-in names nothing/,
    ],
    [
      'any of no tests',
      { when: { test: 'not', of: { test: 'any', of: [] } } },
      /any names nothing/,
    ],
    ['a use of none', { when: { test: 'used-for', use: [] } }, /used-for names nothing/],
    [
      'evidence that asks for no paper',
      { kind: 'evidence', needs: [['g7-certificate'], []] } as Partial<Rule>,
      /without naming any/,
    ],
  ])('%s', (_, change, fault) => {
    expect(says(spoilt(isR4, change))).toMatch(fault);
  });

  const firstE1 = (rule: Rule) => rule.id === 'EU-E1' && rule.effectiveTo === '2024-08-31';

  it('two records of one id that overlap', () => {
    expect(says(spoilt(firstE1, { effectiveTo: '2024-09-01' }))).toMatch(
      /origin of rough for HS 710210: two records overlap from 2024-09-01/,
    );
  });

  it('a gap between two records of one id', () => {
    expect(says(spoilt(firstE1, { effectiveTo: '2024-08-30' }))).toMatch(
      /origin of rough for HS 710210: a gap lies between 2024-08-30 and 2024-09-01/,
    );
  });

  it('a gap between two rules of one chain', () => {
    const isE4 = ({ id }: Rule) => id === 'EU-E4';
    expect(says(spoilt(isE4, { effectiveFrom: '2026-01-02' }))).toMatch(
      /origin of polished for HS 710239: a gap lies between 2025-12-31 and 2026-01-02/,
    );
  });

  it('days on which nothing is said of some goods', () => {
    const isPre = ({ id }: Rule) => id === 'EU-PRE';
    expect(says(spoilt(isPre, { effectiveTo: '2023-11-30' }))).toMatch(
      /HS 710239 .natural, import.: no record clears or bars 2023-12-01/,
    );
  });
});

it('rules by which nothing is prohibited are odd', () => {
  expect(oddities(eu)).toEqual([]);
  const announced = eu.rules.map((rule) =>
    rule.kind === 'ban' && rule.layer === 'sanctions'
      ? { ...rule, state: 'announced' as const }
      : rule,
  );
  expect(oddities({ ...eu, rules: announced })).toEqual([
    { rule: '/rules', fault: 'no ban on goods is in force: by these rules EU prohibits none' },
  ]);
});

it('a record is announced, in force, then superseded', () => {
  const e1 = eu.rules.find(({ id }) => id === 'EU-E1');
  const on = (day: string) => e1 && stateOn(e1, day);
  expect([on('2023-12-17'), on('2023-12-18'), on('2024-03-01'), on('2024-09-01')]).toEqual([
    null,
    'announced',
    'in-force',
    'superseded',
  ]);
});
