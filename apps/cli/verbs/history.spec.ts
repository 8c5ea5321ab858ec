import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidV7 } from 'uuid';
import { openLedger } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { openStore } from '#libs/store/open-store';
import { runCli } from '#test/support/cli-in-process';

const data = mkdtempSync(join(tmpdir(), 'adamant-history-'));
const now = '2026-11-20T12:00:00.000Z';
afterAll(() => rmSync(data, { recursive: true, force: true }));

beforeAll(async () => {
  await runCli(['demo', '--data', data]);
  const ledger = 'adamant.local/ledger';
  const store = await openStore(`sqlite:${join(data, 'ledger.db')}`, { ledger });
  const { execute } = openLedger(store, () => now);
  const acts: readonly LedgerCommand['command'][] = [
    { type: 'AnnulEvent', target: 2, reason: 'named in another ledger', meta: said() },
    {
      type: 'CorrectRecord',
      target: 1,
      changes: [{ field: 'data.name', to: 'Daybreak' }],
      reason: 'a slip of the pen',
      meta: said(),
    },
  ];
  for (const command of acts) {
    await execute({ category: 'stone', id: 'dawn', command } as LedgerCommand);
  }
  const ring = { description: 'ring', metal: 'gold', fineness: 750, grossMg: 4200 } as const;
  const by = { ...said(), roles: ['jeweller'] } as const;
  const at = (time: string) => ({ ...by, id: uuidV7(), at: { time, precision: 'day' } }) as const;
  const made = { type: 'MakeItem', ...ring, meta: at('2026-01-10') } as const;
  await execute({ category: 'jewellery', id: 'ring-7', command: made });
  const release = { type: 'ReleaseCustody', to: 'alrosa', purpose: 'vault' } as const;
  const command = { ...release, meta: at('2026-02-01') };
  await execute({ category: 'jewellery', id: 'ring-7', command });
  await store.close();
});

function said() {
  const documents = [{ type: 'memo', sha256: 'ab'.repeat(32) }];
  const at = { time: now, precision: 'instant' } as const;
  return { id: uuidV7(), by: 'almazy-anabara', roles: ['producer'], now, at, documents } as const;
}

describe('adamant history', () => {
  it('still shows what was struck out, by whom, since when and why', async () => {
    const { out } = await runCli(['history', 'dawn', '--data', data]);
    const lines = out.split('\n').map((line) => line.trim());
    expect(lines).toContainEqual(expect.stringMatching(/^2023 +× named Рассвет$/));
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^annulled by Almazy Anabara, known since 2026-11-20: named in another ledger \[\d+\]$/,
      ),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^2023 +~ named Daybreak$/));
    const corrected = lines.find((line) => line.startsWith('corrected by'));
    const [, told, paper] = /^(.*) \[(\d+)\]$/.exec(corrected ?? '') ?? [];
    expect(told).toBe(
      'corrected by Almazy Anabara, known since 2026-11-20: ' +
        'name “Dawn” reads “Daybreak” (a slip of the pen)',
    );
    expect(lines).toContainEqual(expect.stringMatching(`^\\[${paper}\\] memo`));
  });

  it('tells under each step what it changed of the goods', async () => {
    const { out } = await runCli(['history', 'dawn', '--data', data]);
    const changed = out.split('\n').filter((line) => line.trim().startsWith('changed '));
    expect(changed.map((line) => line.trim())).toEqual([
      'changed form → rough; custodian → almazy-anabara; owner → almazy-anabara; weight → over 200 ct, reported',
      'changed owner almazy-anabara → alrosa',
      'changed custodian almazy-anabara → alrosa-diamonds',
      'changed status open → consumed',
    ]);
  });

  it('shows nothing of it as known before', async () => {
    const { out } = await runCli(['history', 'dawn', '--known-at', '30', '--data', data]);
    expect(out).toMatch(/~ named Рассвет\n/);
    expect(out).not.toMatch(/×|corrected|annulled/);
  });
});

describe('a question about what is still to come', () => {
  it.each([
    ['history', 'dawn'],
    ['state', 'dawn'],
    ['lineage', 'dawn'],
    ['sanctions', 'dawn'],
    ['sanctions', '--list'],
    ['find', 'dawn'],
    ['flags', '--of', 'dawn'],
    ['preflight', 'dawn', '--to', 'EU'],
    ['document', 'history-report', 'dawn', '--json'],
    ['party', 'list'],
  ])('is not answered by %s %s', async (...words) => {
    const asked: string[] = [];
    for (const question of [
      ['--valid-at', '2999-01-01'],
      ['--known-at', '2999-01-01'],
      ['--known-at', '99999'],
    ]) {
      const { code, out, err } = await runCli([...words, ...question, '--data', data]);
      asked.push(`${code} ${out}${err.at(-1)?.split(':', 2).join(':')}`);
    }
    const future = '1 error: in-the-future';
    expect(asked).toEqual([future, future, '1 error: not-yet-recorded']);
  });
});

describe('adamant history and state of a piece of jewellery', () => {
  const asked = async (verb: string, ...words: readonly string[]) =>
    (await runCli([verb, 'ring-7', ...words, '--json', '--data', data])).out;
  const by = (day: string) => ['--valid-at', day];

  it('are of what had happened by a day', async () => {
    const steps = async (day: string) => JSON.parse(await asked('history', ...by(day))).steps;
    expect(await steps('2026-01-31')).toHaveLength(1);
    expect(await steps('2026-02-01')).toHaveLength(2);
    expect(JSON.parse(await asked('state', ...by('2026-01-31')))).toMatchObject({
      subject: 'jewellery-ring-7',
      revision: 0,
      custodian: 'almazy-anabara',
    });
    const { code, err } = await runCli(['state', 'ring-7', ...by('2026-01-09'), '--data', data]);
    expect([code, err.at(-1)]).toEqual([1, expect.stringContaining('not-yet')]);
  });

  it('tell it by its stream too, in words', async () => {
    const { out } = await runCli(['state', 'jewellery-ring-7', '--data', data]);
    expect(out).toMatch(/^jewellery-ring-7\n/);
    expect(out).toMatch(/ {2}Goods +ring, gold 750, 4\.200 g\n/);
    expect(out).toMatch(/ {2}Custodian +Almazy Anabara .*; released to ALROSA \[alrosa\], not yet/);
    expect(out).toMatch(/ {2}Standing +clear/);
    const told = await runCli(['history', 'jewellery-ring-7', '--data', data]);
    expect(told.out).toContain('ring-7');
  });
});
