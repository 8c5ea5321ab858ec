import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { readRuleFile } from '#libs/rulebook/rule-file';
import { ruleBook } from '#libs/rulebook/rule-book';
import { ruleSchema, ruleSchemaFile } from '#test/support/rule-schema';

const folder = join(import.meta.dirname, 'rules');
const files = readdirSync(folder).filter(
  (file) => file !== 'sources.json' && !file.endsWith('.schema.json'),
);

type Fields = Record<string, unknown>;
type File = Fields & { id: string; rules: [Fields, ...Fields[]] };

const read = (file: string): File => JSON.parse(readFileSync(join(folder, file), 'utf8')) as File;

let valid: ValidateFunction;
beforeAll(() => {
  const schema: unknown = JSON.parse(readFileSync(ruleSchemaFile, 'utf8'));
  valid = new Ajv({ allErrors: true, strict: false }).compile(schema as object);
});

it('the schema is what the type says (npm run schemas writes it)', () => {
  expect(readFileSync(ruleSchemaFile, 'utf8')).toBe(ruleSchema());
});

it('every file is in the rule book, and nothing else is', () => {
  const ids = ruleBook().jurisdictions.map(({ id }) => id);
  expect(files.map((file) => read(file).id).sort()).toEqual([...ids].sort());
});

it.each(files)('%s keeps to the schema', (file) => {
  expect(valid(read(file))).toBe(true);
});

it.each(files)('%s is read as it stands', (file) => {
  const book = ruleBook().jurisdictions;
  expect(book).toContainEqual(readRuleFile(readFileSync(join(folder, file), 'utf8')));
});

describe('a file that cannot be judged by is refused with the place', () => {
  it.each<[string, (file: File) => void, string]>([
    ['a citation of blanks', ({ rules }) => (rules[0]['citation'] = ' '), 'EU-R1 (record 0)'],
    [
      'a day that is none',
      ({ rules }) => (rules[0]['effectiveFrom'] = '2024-02-30'),
      'EU-R1 (record 0)',
    ],
    [
      'a kind of record that is none',
      ({ rules }) => (rules[0]['kind'] = 'toString'),
      '/rules/0/kind',
    ],
    [
      'a condition inside a condition',
      ({ rules }) => (rules[0]['when'] = { test: 'not', of: { test: 'all' } }),
      '/rules/0/when/of/of',
    ],
    ['rules that are no list', (file) => Object.assign(file, { rules: {} }), '/rules'],
  ])('%s', (_, spoil, place) => {
    const file = read('eu.json');
    spoil(file);
    expect(() => readRuleFile(JSON.stringify(file))).toThrow(
      expect.objectContaining({
        code: 'bad-rule-file',
        message: expect.stringContaining(place),
        details: expect.objectContaining({ place }),
      }),
    );
  });

  it.each(['constructor', 'ZZ', 'eu', 'EUUS', 'BY-BY', 'EUBYBY'])('the code %s', (id) => {
    const text = JSON.stringify({ ...read('eu.json'), id });
    expect(() => readRuleFile(text)).toThrow(`${id} is no code of a jurisdiction`);
  });

  it('broken JSON', () => {
    expect(() => readRuleFile('{"id": }')).toThrow(/rule file: .*not valid JSON/);
  });
});

describe('the schema and the reader find', () => {
  it.each<[string, (file: File) => void, string]>([
    ['a record without a citation', ({ rules }) => delete rules[0]['citation'], '/rules/0'],
    ['a state that is none', ({ rules }) => (rules[0]['state'] = 'lapsed'), '/rules/0/state'],
    ['a confidence that is none', ({ rules }) => (rules[0]['confidence'] = 'sure'), '/rules/0'],
    ['a test that is none', ({ rules }) => (rules[0]['when'] = { test: 'luck' }), '/rules/0/when'],
    ['a misspelt member', ({ rules }) => (rules[0]['effectiveForm'] = '2024-01-01'), '/rules/0'],
    [
      'a ban that says nothing of exceptions',
      ({ rules }) => delete rules[0]['exceptions'],
      '/rules',
    ],
    [
      'a threshold as a text',
      ({ rules }) => (rules[0]['when'] = { test: 'stone-at-least', mct: '500' }),
      '/rules/0/when',
    ],
    [
      'a paper that is none',
      ({ rules }) =>
        Object.assign(rules.find(({ id }) => id === 'EU-E4') ?? {}, { needs: [['due-diligens']] }),
      '/rules',
    ],
    ['a clock nobody keeps', (file) => (file['clock'] = 'lunar'), '/clock'],
    ['a file without the day its law was followed to', (file) => delete file['knownThrough'], ''],
  ])('%s', (_, spoil, place) => {
    const file = read('eu.json');
    spoil(file);
    expect(valid(file)).toBe(false);
    expect(() => readRuleFile(JSON.stringify(file))).toThrow(
      expect.objectContaining({ code: 'bad-rule-file' }),
    );
    expect(valid.errors?.some(({ instancePath }) => instancePath.startsWith(place))).toBe(true);
  });
});
