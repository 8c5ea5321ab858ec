import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandIn, type StandIn } from '#apps/stand-in/stand-in';
import { backup } from '#libs/store/backup';
import { restore } from '#libs/store/backup-restore';
import { copyLedger } from '#libs/store/copy';
import { eventStoreDb } from '#libs/store/eventstoredb';
import { examine } from '#libs/store/fsck-ledger';
import { memoryStore } from '#libs/store/memory';
import { sqliteStore } from '#libs/store/sqlite';
import { hasty, withNewPrefix } from '#test/support/eventstoredb';
import { growRandomly, leavesOf } from '#test/support/random-ledger';

const ledger = 'test.example/log';
const folder = mkdtempSync(join(tmpdir(), 'adamant-moving-'));
const given = process.env['TEST_EVENTSTORE_URL'];
const now = '2026-11-22T12:00:00.000Z';

describe('a ledger that moves between engines', () => {
  let standIn: StandIn | undefined;
  let url = '';

  beforeAll(async () => {
    standIn = given === undefined ? await startStandIn() : undefined;
    url = withNewPrefix(given ?? standIn?.url ?? '');
  });

  afterAll(async () => {
    await standIn?.stop();
    rmSync(folder, { recursive: true });
  });

  it('keeps every leaf and the root, also when the server goes down on the way', async () => {
    const source = memoryStore({ ledger });
    await growRandomly(source, 'moving', 500);
    const server = await eventStoreDb({ url, ledger, timing: hasty });
    let isDisturbed = false;
    const there = await copyLedger(source, {
      ...server,
      append: async (...args) => {
        const appending = server.append(...args);
        if (standIn && !isDisturbed && (await source.end()) > 0n) {
          isDisturbed = true;
          await standIn.kill();
          await standIn.revive();
        }
        return appending;
      },
    });
    const file = join(folder, 'back.db');
    const back = await sqliteStore({ file, ledger });
    const here = await copyLedger(server, back);
    expect(await leavesOf(back)).toEqual(await leavesOf(source));
    expect([there.target, here.source, here.target]).toEqual(Array(3).fill(there.source));
    await back.close();
    await server.close();
    const { root } = there.source;
    for (const each of [url, `sqlite:${file}`]) {
      expect(await examine({ url: each, ledger })).toMatchObject({ root, damages: [], size: 500 });
    }
  }, 60_000);

  it('is backed up from a server and restored to another, which is then not written over', async () => {
    const file = join(folder, 'monday.db');
    const record = await backup({ url, ledger, file, now });
    const fresh = withNewPrefix(given ?? standIn?.url ?? '');
    expect(await restore({ url: fresh, ledger, file })).toEqual(record);
    expect(await examine({ url: fresh, ledger })).toMatchObject({ root: record.root, damages: [] });
    const again = restore({ url: fresh, ledger, file });
    await expect(again).rejects.toThrow(/the store holds exactly what the backup holds/);
  }, 60_000);
});
