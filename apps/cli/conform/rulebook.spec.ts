import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { conform } from '#apps/cli/conform/conform';

const linesOf = (name: string) =>
  readFileSync(
    fileURLToPath(new URL(`../../../test/golden/rulebook/${name}`, import.meta.url)),
    'utf8',
  )
    .trimEnd()
    .split('\n');

type Row = Readonly<Record<'id' | 'note' | 'expected' | 'rule' | 'citation', string>>;

describe.each(['examples.jsonl', 'own.jsonl'])('the rule book on %s', (name) => {
  const answer = conform('rulebook');
  it.each(linesOf(name).map((line) => [JSON.parse(line) as Row, line] as const))(
    'says $expected by $rule: $note',
    ({ id, expected: outcome, rule, citation }, line) => {
      expect(JSON.parse(answer?.(line) ?? '')).toEqual({ id, outcome, rule, citation });
    },
  );
});

describe('a line that cannot be judged', () => {
  const line = {
    id: 'x',
    jur: 'EU',
    date: '2025-01-01',
    hs: '710239',
    ct: '1.00',
    mined: 'BW',
    fin: 'IN',
    frm: 'IN',
    use: 'commercial',
    mat: 'N',
    ev: [],
  };

  it.each([
    ['an unknown jurisdiction', { jur: 'XX' }, 'unknown-jurisdiction', 'jurisdiction'],
    ['a day that is none', { date: '2025-02-29' }, 'bad-date', 'day'],
    ['a missing day', { date: null }, 'bad-text', 'date'],
    ['an HS code of other goods', { hs: '710110' }, 'unknown-hs-code', 'hs'],
    ['a heading where six digits are needed', { hs: '7102' }, 'unknown-hs-code', 'hs'],
    ['a negative weight', { ct: '-1.00' }, 'bad-weight', 'ct'],
    ['no weight at all', { ct: '0.000' }, 'bad-weight', 'ct'],
    ['a weight as a number', { ct: 1 }, 'bad-text', 'ct'],
    ['a country in small letters', { mined: 'ru' }, 'bad-country', 'minedIn'],
    ['a country that is no more', { mined: 'SU' }, 'bad-country', 'minedIn'],
    ['polished that nobody processed', { fin: null }, 'contradictory-facts', 'processing'],
    ['a synthetic under a natural code', { mat: 'S' }, 'contradictory-facts', 'material'],
    ['a paper of unknown kind', { ev: ['NOTE'] }, 'bad-text', 'ev'],
    ['a use nobody knows', { use: 'toString' }, 'bad-text', 'use'],
    [
      'a departure from Russia after the stay elsewhere began',
      { leftRU: '2024-02-01', locThird: '2024-01-01' },
      'contradictory-facts',
      'leftRussiaOn',
    ],
    ['a day in the EU after the act', { inEU: '2025-01-02' }, 'contradictory-facts', 'inEU'],
    [
      'a stay that begins after the act',
      { locThird: '2025-01-02' },
      'contradictory-facts',
      'locThird',
    ],
    ['a departure after the act', { leftRU: '2026-01-01' }, 'contradictory-facts', 'leftRU'],
    ['a list of countries with a number', { mined: ['BW', 7] }, 'bad-text', 'mined'],
    ['a departure on a day that is none', { leftRU: '2024-02-30' }, 'bad-date', 'leftRussiaOn'],
    ['a certificate date that is none', { contract: 'soon' }, 'bad-date', 'contractOn'],
    ['a transit that is neither', { transitRU: 'no' }, 'bad-text', 'transitRU'],
  ])('names the field of %s', (_, change, code, field) => {
    const answer = JSON.parse(conform('rulebook')?.(JSON.stringify({ ...line, ...change })) ?? '');
    expect(answer).toMatchObject({ id: 'x', error: { code, field } });
  });

  it('answers broken JSON and repeated members with an error, not with silence', () => {
    const answer = conform('rulebook');
    expect(JSON.parse(answer?.('{') ?? '')).toMatchObject({ error: { code: 'malformed-json' } });
    expect(JSON.parse(answer?.('{"id":"x","mined":"RU","mined":"BW"}') ?? '')).toMatchObject({
      error: { code: 'duplicate-key' },
    });
  });

  it('knows no other suites', () => {
    expect(conform('toString')).toBeUndefined();
  });
});
