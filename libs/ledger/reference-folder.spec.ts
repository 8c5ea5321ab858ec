import { hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { openLedger } from '#libs/ledger/ledger';
import { useReferenceFolder } from '#libs/ledger/reference-folder';
import { eligibilityOf } from '#libs/reference/kimberley-eligibility';
import { mineById, mineOperatingOn } from '#libs/reference/mines';
import type { Reference, ReferenceName } from '#libs/reference/reference';
import { builtIn } from '#libs/reference/reference';
import { originOfMine } from '#libs/trade/recovery';
import { memoryStore } from '#libs/store/memory';
import { as, mct, refusalOf } from '#test/support/given';
import {
  bytesOf,
  referenceVersions,
  referenceVersionsFile,
} from '#test/support/reference-versions';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reference-'));
});
afterEach(() => {
  useReferenceFolder('');
  rmSync(folder, { recursive: true });
});

type Record = globalThis.Record<string, unknown>;

/** A built-in file with a change, in the folder; answers its SHA-256. */
function put(name: ReferenceName, change: (content: Record[] & Record) => void): string {
  const content = JSON.parse(bytesOf(name).toString()) as Record[] & Record;
  change(content);
  const bytes = JSON.stringify(content);
  writeFileSync(join(folder, name), bytes);
  return hash('sha256', bytes);
}

const one = (content: readonly Record[], id: string): Record =>
  content.find((each) => each['id'] === id) ?? {};

it('built-in files are named by their hashes (npm run schemas writes them)', () => {
  expect(readFileSync(referenceVersionsFile, 'utf8')).toBe(referenceVersions());
});

it.each(Object.keys(builtIn) as ReferenceName[])('%s is read as it stands', (name) => {
  writeFileSync(join(folder, name), bytesOf(name));
  useReferenceFolder(folder);
  expect(mineById('ru-mir')).toBeDefined();
});

it('a file in the folder takes the place of the built-in one, and of no other', () => {
  put('mines.json', (mines) => mines.push({ ...one(mines, 'bw-jwaneng'), id: 'bw-new-find' }));
  useReferenceFolder(folder);
  expect(mineById('bw-new-find')?.country).toBe('BW');
  expect(eligibilityOf('CF', '2014-01-01', 'export').verdict).toBe('no');
  useReferenceFolder('');
  expect(mineById('bw-new-find')).toBeUndefined();
});

describe('a decision', () => {
  const clock = () => '2025-07-01T12:00:00.000Z';
  const meta = { ...as('alrosa', ['producer'], { time: '2025-06-20', precision: 'day' }) };
  const recover = {
    category: 'stone',
    id: 'late',
    command: {
      type: 'RecoverRough',
      mineId: 'ru-verkhne-munskoye',
      weight: mct(5000),
      meta: { ...meta, now: clock() },
    },
  } satisfies LedgerCommand;
  const register = {
    category: 'party',
    id: 'alrosa',
    command: {
      type: 'RegisterParty',
      name: 'ALROSA',
      country: 'RU',
      roles: ['producer'],
      meta: { ...as('alrosa', ['operator']), now: clock(), id: 'register' },
    },
  } satisfies LedgerCommand;

  /** The same data, but the suspension of 15 June 2025 ended after a day. */
  const restarted = () =>
    put('mines.json', (mines) => {
      const mine = one(mines, 'ru-verkhne-munskoye');
      mine['operations'] = [
        { state: 'stopped', from: '2025-06-15', to: '2025-06-16', source: 'made up' },
        { state: 'operating', from: '2025-06-17', source: 'made up' },
      ];
    });

  it('rests on the facts in use, records their hash, and is repeated under later ones', async () => {
    const store = memoryStore({ ledger: 'test' });
    const ledger = openLedger(store, clock);
    await ledger.execute(register);
    await expect(ledger.execute(recover)).rejects.toMatchObject({ code: 'mine-not-operating' });

    const sha256 = restarted();
    useReferenceFolder(folder);
    expect(mineOperatingOn('ru-verkhne-munskoye', '2025-06-20')).toBe('yes');
    await ledger.execute(recover);
    const [recorded] = await store.read('stone-late');
    const mine = { country: 'RU', operating: 'yes', data: sha256 };
    expect(recorded?.data).toMatchObject({ mineId: 'ru-verkhne-munskoye', mine });

    put('mines.json', (mines) => {
      one(mines, 'ru-verkhne-munskoye')['operations'] = [
        { state: 'operating', from: '2025-06-17', source: 'made up again' },
      ];
    });
    useReferenceFolder(folder);
    expect(await ledger.execute(recover)).toMatchObject({ replayed: true, revision: 0 });
    expect(await store.read('stone-late')).toHaveLength(1);
  });

  it('keeps its country when the mine is gone from later facts', () => {
    const mine = { country: 'BW', operating: 'yes', data: '0'.repeat(64) } as const;
    const { countries } = originOfMine({ mineId: 'bw-new-find', mine }, 'segregated');
    expect(countries.map(({ country }) => country)).toEqual(['BW']);
  });
});

describe('a file is refused with the place', () => {
  it.each<[string, ReferenceName, (content: Record[] & Record) => void, string]>([
    ['a record without source', 'mines.json', ([mine]) => delete mine?.['source'], '/0/source'],
    [
      'a blank source',
      'hubs.json',
      ([hub]) => Object.assign(hub ?? {}, { source: ' ' }),
      '/0/source',
    ],
    [
      'a status that is none',
      'mines.json',
      ([mine]) => Object.assign(mine ?? {}, { status: 'busy' }),
      '/0/status',
    ],
    [
      'a day that is none',
      'hallmarks.json',
      (file) => Object.assign(file['uin'] as Record, { from: '2022-02-30' }),
      '/uin/from',
    ],
    [
      'a misspelt member',
      'kp-participants.json',
      ([each]) => Object.assign(each ?? {}, { joinde: {} }),
      '/0/joinde',
    ],
    [
      'a spell that ends before it begins',
      'mines.json',
      ([mine]) =>
        Object.assign(mine ?? {}, {
          operations: [{ state: 'stopped', from: '2025', to: '2024-12', source: 'x' }],
        }),
      '/0/operations/0/to',
    ],
    ['an id twice', 'mines.json', (mines) => mines.push({ ...mines[0] }), '/80/id'],
    ['a mine that events may name and is gone', 'mines.json', (mines) => mines.splice(0, 1), ''],
    [
      'a text under the hash of another',
      'warranties.json',
      ([text]) => Object.assign(text ?? {}, { text: 'Trust us.' }),
      '/0/sha256',
    ],
    [
      'numbers of a pattern that is none',
      'kimberley.json',
      (file) => {
        const numbers = file['numbers'] as Readonly<{ parcelNumbers: Record[] }>;
        Object.assign(numbers.parcelNumbers[0] ?? {}, { pattern: '(' });
      },
      '/numbers/parcelNumbers/0/pattern',
    ],
  ])('%s', (_, name, spoil, place) => {
    put(name, spoil);
    expect(() => useReferenceFolder(folder)).toThrow(
      expect.objectContaining({
        code: 'bad-reference-file',
        message: expect.stringContaining(`${name}${place}: `),
        details: { file: name, place },
      }),
    );
  });

  it('broken JSON, a name nothing looks for, a folder that is not there', () => {
    const refused = () => refusalOf(() => useReferenceFolder(folder));
    writeFileSync(join(folder, 'mine.json'), '[]');
    expect(refused()).toBe('bad-reference-file');
    rmSync(join(folder, 'mine.json'));
    writeFileSync(join(folder, 'mines.json'), '[');
    expect(refused()).toBe('bad-reference-file');
    expect(refusalOf(() => useReferenceFolder(join(folder, 'nowhere')))).toBe('bad-reference-file');
  });

  it('and nothing of the folder is used', () => {
    const before: Reference['mines.json']['content'] = builtIn['mines.json'].content;
    put('mines.json', (mines) => mines.splice(0, 1));
    expect(() => useReferenceFolder(folder)).toThrow();
    expect(mineById('ru-ebelyakh')).toBe(before[0]);
  });
});
