import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readAct } from '#apps/cli/append/act-line';
import { problemCodes } from '#apps/ledger/problem-codes';
import { refusalCodes } from '#libs/decider/codes';

const root = `${import.meta.dirname}/../..`;
const textsOf = (pattern: string, isWanted = (_: string) => true) =>
  globSync(pattern, { cwd: root })
    .filter(isWanted)
    .map((file) => readFileSync(`${root}/${file}`, 'utf8'))
    .join('\n');

const specs = textsOf(
  '{apps,libs,projections,test}/**/*.spec.ts',
  (file) => !file.includes('catalogue'),
);
const sources = textsOf('libs/**/*.ts', (file) => !file.endsWith('.spec.ts'));
const surface = textsOf('apps/ledger/**/*.ts', (file) => !file.endsWith('.spec.ts'));
const named = (text: string, word: string) => new RegExp(`['"\`]${word}['"\`]`).test(text);

const typed = sources.matchAll(
  /(?:(?:Stating|Command)<\s*|Readonly<\{\s*type: )'([A-Z][A-Za-z]+)'(?=[,>;])/g,
);
const commands = [...new Set([...typed].map(([, name = '']) => name))].sort();

/** What only follows from other acts: nobody asks for it. */
const byPolicy = new Set([
  'AssignUin',
  'CertifyGoods',
  'CompareReport',
  'DecertifyGoods',
  'DetachCertificate',
  'FollowContest',
  'FollowCorrection',
  'LeaveOutGoods',
  'LiftQuarantine',
  'MergeIdentity',
  'OpenParcel',
  'OpenReport',
  'OpenStone',
  'OutdateReport',
  'PackGoods',
  'PassGoods',
  'QuarantineGoods',
  'QuarantineShipment',
  'ReceiveMix',
  'RestoreIdentity',
  'ReturnHallmark',
  'ReturnMelee',
  'ReturnMix',
  'ReturnSetting',
  'TakeInMelee',
  'TakeInStone',
  'UnpackGoods',
  'UnsetStone',
  'UseCertificate',
]);

describe('the catalogue of acts', () => {
  it('finds the commands', () => expect(commands.length).toBeGreaterThan(140));

  it.each(commands)('%s has an endpoint, or only follows from other acts', (command) => {
    expect(named(surface, command)).toBe(!byPolicy.has(command));
  });

  it.each(commands.filter((command) => !byPolicy.has(command)))('%s has a spec', (command) => {
    expect(named(specs, command)).toBe(true);
  });

  it.each(Object.keys({ ...problemCodes, ...refusalCodes }))(
    '%s is a code that a spec sees',
    (code) => {
      expect(named(specs, code)).toBe(true);
    },
  );

  it.each(['stone', 'parcel', 'rulebook', 'flag'])('append reaches streams of %s', (category) => {
    const line = JSON.stringify({ category, id: 'x', type: 'CorrectRecord', by: 'y' });
    expect(readAct(line, 0).path).toMatch(/^\/v1\/[a-z]+\/x\/correct-record$/);
  });
});
