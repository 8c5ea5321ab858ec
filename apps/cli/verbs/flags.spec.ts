import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { v7 as uuidV7 } from 'uuid';
import { openLedger } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { openStore } from '#libs/store/open-store';
import { openViews } from '#libs/views/open-views';
import { rebuild } from '#libs/views/projector';
import { projections } from '#projections/projections';
import { runCli } from '#test/support/cli-in-process';

const data = mkdtempSync(join(tmpdir(), 'adamant-flags-verb-'));
const place = ['--data', data];
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** A ring let go on the first of February, and views of that ledger as of nine days later. */
beforeAll(async () => {
  await runCli(['demo', ...place]);
  const store = await openStore(`sqlite:${join(data, 'ledger.db')}`, {
    ledger: 'adamant.local/ledger',
  });
  const now = '2026-02-10T12:00:00.000Z';
  const { execute } = openLedger(store, () => now);
  const acts: readonly (readonly [string, object])[] = [
    [
      '2026-01-10',
      { type: 'MakeItem', description: 'ring', metal: 'gold', fineness: 750, grossMg: 4200 },
    ],
    ['2026-02-01', { type: 'ReleaseCustody', to: 'alrosa', purpose: 'vault' }],
  ];
  for (const [time, said] of acts) {
    const at = { time, precision: 'day' } as const;
    const meta = { id: uuidV7(), by: 'almazy-anabara', roles: ['jeweller'], now, at };
    const command = { ...said, meta };
    await execute({ category: 'jewellery', id: 'ring-7', command } as unknown as LedgerCommand);
  }
  const views = openViews(`sqlite:${join(data, 'views.db')}`, { projections });
  const { signal } = new AbortController();
  await rebuild(store, views, projections, { signal, today: () => '2026-02-10T12:00Z' });
  await views.close();
  await store.close();
});

it('tells what became late since the views were kept, though nothing was recorded', async () => {
  const { out, err } = await runCli(['flags', '--of', 'ring-7', ...place]);
  expect(out).toContain('release-unanswered  jewellery-ring-7: almazy-anabara released the goods');
  expect(err).toEqual([]);
  const again = await runCli(['flags', '--of', 'ring-7', ...place]);
  expect(again.out).toBe(out);
});
