import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '#libs/store/store';
import { LedgerRolledBack } from '#libs/views/errors';
import { project, rebuild } from '#libs/views/projector';
import { furthest, refuseRolledBack } from '#libs/views/rolled-back';
import { sqliteViews } from '#libs/views/sqlite';
import type { Views } from '#libs/views/views';
import { projections } from '#projections/projections';
import { finishedStore, ledgerOf } from '#test/support/recorded';

const folder = mkdtempSync(join(tmpdir(), 'adamant-rolled-back-'));
const options = { signal: new AbortController().signal, today: () => '2026-01-01' };
let files = 0;

afterAll(() => rmSync(folder, { recursive: true }));

/** Views that have counted all of a ledger of so many events, and that ledger. */
async function built(
  events: number,
): Promise<{ views: Views; beginning: (length: number) => EventStore }> {
  const { events: recorded, record } = ledgerOf();
  for (let i = 0; i < events; i++) {
    record(`stone-${i}`, { type: 'StoneNamed', data: { name: `name ${i}` } });
  }
  const views = sqliteViews({ file: join(folder, `${(files += 1)}.db`), projections });
  await rebuild(finishedStore(recorded), views, projections, options);
  return { views, beginning: (length) => finishedStore(recorded.slice(0, length)) };
}

describe('views that have counted more than the ledger holds', () => {
  it('are refused, kept up and rebuilt no more', async () => {
    const { views, beginning } = await built(5);
    const shorter = beginning(4);
    const rolledBack = { code: 'ledger-rolled-back', counted: 5n, end: 4n };
    expect(await furthest(views)).toBe(5n);
    await expect(refuseRolledBack(shorter, views)).rejects.toMatchObject(rolledBack);
    await expect(project(shorter, views, projections, options)).rejects.toThrow(LedgerRolledBack);
    await expect(rebuild(shorter, views, projections, options)).rejects.toThrow(LedgerRolledBack);
    await views.close();
  });

  it('are fine where they stand at its end, before it, or nowhere', async () => {
    const { views, beginning } = await built(5);
    await refuseRolledBack(beginning(5), views);
    await views.close();
    const none = sqliteViews({ file: join(folder, 'none.db'), projections });
    await refuseRolledBack(beginning(0), none);
    expect(await furthest(none)).toBe(0n);
    await none.close();
  });
});
