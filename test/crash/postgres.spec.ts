import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from '#apps/cli/generate/generate';
import { randomOf } from '#apps/cli/generate/random';
import { openStore } from '#libs/store/open-store';
import type { RecordedEvent } from '#libs/store/store';
import { postgresViews } from '#libs/views/postgres';
import { rebuild } from '#libs/views/projector';
import { replay } from '#libs/views/replay';
import type { ViewReader } from '#libs/views/views';
import { runAndKill } from '#test/crash/kill';
import type { Moment } from '#test/crash/kill';
import { ledgerName } from '#test/crash/trade';
import { differences, keptViews } from '#test/crash/views';
import { testPostgres } from '#test/support/postgres';
import type { TestPostgres } from '#test/support/postgres';

const rounds = 16;
const seed = process.env['CRASH_SEED'] ?? 'sunrise';
const today = '2026-01-01';
const options = { signal: new AbortController().signal, today: () => today };

describe(`views in PostgreSQL whose projector is killed ${rounds} times (seed ${seed})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'adamant-crash-'));
  const file = join(folder, 'ledger.db');
  let postgres: TestPostgres;
  let replayed: ViewReader;
  beforeAll(async () => {
    const store = await openStore(`sqlite:${file}`, { ledger: ledgerName });
    await generate({ store }, { stones: 40, seed });
    const events: RecordedEvent[] = [];
    for await (const batch of store.readAll(0n)) events.push(...batch);
    await store.close();
    replayed = await replay(keptViews, events, today);
    postgres = await testPostgres({ durable: true });
  }, 120_000);
  afterAll(async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true });
  });

  it('are shown whole or not at all, and equal a full replay in the end', async () => {
    const url = await postgres.database();
    const views = postgresViews({ url, projections: keptViews });
    const store = await openStore(`sqlite:${file}`, { ledger: ledgerName, readOnly: true });
    const random = randomOf(seed);
    for (let round = 0; round < rounds; round++) {
      const moment: Moment = { after: random.int(1, 14), ms: random.int(0, 60) };
      await runAndKill('projector', [file, url, 'rebuild', '250'], moment, folder);
      const positions = await views.positions();
      if (positions.size === 0) continue;
      expect(new Set(positions.values())).toEqual(new Set([await store.end()]));
      expect(await differences(views.reader, replayed)).toEqual([]);
    }
    expect(await rebuild(store, views, keptViews, options)).toBe(true);
    expect(await differences(views.reader, replayed)).toEqual([]);
    await views.close();
    await store.close();
  }, 300_000);
});
