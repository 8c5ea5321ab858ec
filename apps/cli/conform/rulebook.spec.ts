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
      expect(answer?.(line, 1)).toEqual({ id, outcome, rule, citation });
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
    ['an unknown jurisdiction', { jur: 'XX' }, 'unknown-jurisdiction', 'jur'],
    ['a day that is none', { date: '2025-02-29' }, 'bad-date', 'date'],
    ['a missing day', { date: null }, 'bad-text', 'date'],
    ['an HS code of other goods', { hs: '710110' }, 'unknown-hs-code', 'hs'],
    ['a heading where six digits are needed', { hs: '7102' }, 'unknown-hs-code', 'hs'],
    ['a subdivision the nomenclature does not have', { hs: '71023910' }, 'unknown-hs-code', 'hs'],
    ['seven digits', { hs: '7102390' }, 'unknown-hs-code', 'hs'],
    ['ten digits', { hs: '7102390010' }, 'unknown-hs-code', 'hs'],
    ['eight digits of other goods', { hs: '71031000' }, 'unknown-hs-code', 'hs'],
    ['a code with dots', { hs: '7102.39' }, 'unknown-hs-code', 'hs'],
    ['a negative weight', { ct: '-1.00' }, 'bad-weight', 'ct'],
    ['no weight at all', { ct: '0.000' }, 'bad-weight', 'ct'],
    ['a weight as a number', { ct: 1 }, 'bad-text', 'ct'],
    ['a country in small letters', { mined: 'ru' }, 'bad-country', 'mined'],
    ['a country that is no more', { mined: 'SU' }, 'bad-country', 'mined'],
    ['polished that nobody processed', { fin: null }, 'contradictory-facts', 'fin'],
    ['a synthetic under a natural code', { mat: 'S' }, 'contradictory-facts', 'mat'],
    ['a paper of unknown kind', { ev: ['NOTE'] }, 'bad-text', 'ev'],
    ['a use nobody knows', { use: 'toString' }, 'bad-text', 'use'],
    [
      'a departure from Russia after the stay elsewhere began',
      { leftRU: '2024-02-01', locThird: '2024-01-01' },
      'contradictory-facts',
      'leftRU',
    ],
    ['a day in the EU after the act', { inEU: '2025-01-02' }, 'contradictory-facts', 'inEU'],
    [
      'a stay that begins after the act',
      { locThird: '2025-01-02' },
      'contradictory-facts',
      'locThird',
    ],
    ['a departure after the act', { leftRU: '2026-01-01' }, 'contradictory-facts', 'leftRU'],
    ['a transit whose name is written otherwise', { transitRu: true }, 'bad-text', 'transitRu'],
    ['a list of countries with a number', { mined: ['BW', 7] }, 'bad-text', 'mined'],
    ['a departure on a day that is none', { leftRU: '2024-02-30' }, 'bad-date', 'leftRU'],
    ['a certificate date that is none', { contract: 'soon' }, 'bad-date', 'contract'],
    ['a transit that is neither', { transitRU: 'no' }, 'bad-text', 'transitRU'],
  ])('names the field of %s', (_, change, code, field) => {
    const answer = conform('rulebook')?.(JSON.stringify({ ...line, ...change }), 7);
    expect(answer).toMatchObject({
      id: 'x',
      error: { code, field, message: expect.stringMatching(new RegExp(field, 'iu')), line: 7 },
    });
  });

  it('answers broken JSON and repeated members with an error, not with silence', () => {
    const answer = conform('rulebook');
    expect(answer?.(undefined, 4)).toMatchObject({ error: { message: 'not UTF-8', line: 4 } });
    expect(answer?.('{', 1)).toMatchObject({ error: { code: 'malformed-json', line: 1 } });
    expect(answer?.('{"id":"x","mined":"RU","mined":"BW"}', 2)).toMatchObject({
      error: { code: 'duplicate-key', line: 2 },
    });
  });

  it.each(['[]', 'null', '12', '"x"'])('takes %s for no record', (text) => {
    const error = { code: 'bad-text', message: 'a line is a JSON object', line: 3 };
    expect(conform('rulebook')?.(text, 3)).toEqual({ id: null, error });
  });

  it('refuses what is nested too deeply to be written back', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    for (const text of [`{"id":${deep}}`, JSON.stringify(line).replace('[]', deep)]) {
      const error = { code: 'malformed-json', message: 'deeper than 500 levels', line: 1 };
      expect(conform('rulebook')?.(text, 1)).toEqual({ id: null, error });
    }
  });

  it('reads past a byte order mark before the first line only', () => {
    const marked = `\uFEFF${JSON.stringify({ ...line, ev: ['DOC'] })}`;
    expect(conform('rulebook')?.(marked, 1)).toMatchObject({ outcome: 'CLEAR' });
    expect(conform('rulebook')?.(marked, 2)).toMatchObject({ error: { code: 'malformed-json' } });
  });

  it("lets the jurisdiction's clock say what lies after the act", () => {
    const evening = { ...line, date: '2024-02-29T23:30:00Z', leftRU: '2024-03-01' };
    const ask = (jur: string) => conform('rulebook')?.(JSON.stringify({ ...evening, jur }), 1);
    expect(ask('EU')).toMatchObject({ outcome: 'REQUIRES_EVIDENCE', rule: 'EU-E3' });
    expect(ask('US')).toMatchObject({ error: { code: 'contradictory-facts', field: 'leftRU' } });
  });

  it.each([
    ['71023900', '710239'],
    ['71131900', '711319'],
    ['71159000', '711590'],
    ['91011100', '9101'],
  ])('takes %s for goods within %s', (eight, six) => {
    const ask = (hs: string) => conform('rulebook')?.(JSON.stringify({ ...line, hs }), 1);
    expect(ask(eight)).toEqual(ask(six));
    expect(ask(eight)).toHaveProperty('outcome');
  });

  it('knows no other suites', () => {
    expect(conform('toString')).toBeUndefined();
  });
});
