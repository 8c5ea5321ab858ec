import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomOf } from '#apps/cli/generate/random';
import { compareLedgers, copyLedger } from '#libs/store/copy';
import { examine } from '#libs/store/fsck-ledger';
import { memoryStore } from '#libs/store/memory';
import { openStore } from '#libs/store/open-store';
import type { EventStore } from '#libs/store/store';
import { runAndKill } from '#test/crash/kill';
import { ledgerName } from '#test/crash/trade';
import { growRandomly, leavesOf } from '#test/support/random-ledger';

const rounds = 20;
const events = 12_000;
const seed = process.env['CRASH_SEED'] ?? 'sunset';

describe(`a copy that is killed ${rounds} times (seed ${seed})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'adamant-crash-copy-'));
  const [from, to] = [join(folder, 'from.db'), join(folder, 'to.db')];
  const held: number[] = [];
  let source: EventStore;

  beforeAll(async () => {
    const made = memoryStore({ ledger: ledgerName });
    await growRandomly(made, seed, events);
    const first = await openStore(`sqlite:${from}`, { ledger: ledgerName });
    await copyLedger(made, first);
    await first.close();
    source = await openStore(`sqlite:${from}`, { ledger: ledgerName, readOnly: true });
    const random = randomOf(seed);
    for (let round = 0; round < rounds; round++) {
      const after = random.int(1, 3);
      const moment = { after, ms: random.int(0, 15), atLatest: 5000 };
      await runAndKill('copier', [from, to], moment, join(folder, 'compiled'));
      held.push(await beginningHeld());
    }
  }, 300_000);

  afterAll(async () => {
    await source.close();
    rmSync(folder, { recursive: true });
  });

  /** How much of the source a killed copy left; throws when that is no beginning of it. */
  async function beginningHeld(): Promise<number> {
    const target = await openStore(`sqlite:${to}`, { ledger: ledgerName, readOnly: true });
    try {
      const parted = await compareLedgers(source, target);
      if (parted?.target) throw parted;
      return parted?.size ?? events;
    } finally {
      await target.close();
    }
  }

  it('never held anything but a beginning of the source, and never lost any of it', () => {
    expect(held).toHaveLength(rounds);
    expect(held).toEqual([...held].sort((a, b) => a - b));
    expect(new Set(held).size).toBeGreaterThan(rounds / 2);
  });

  it('is completed by one that is not killed, leaf by leaf', async () => {
    const target = await openStore(`sqlite:${to}`, { ledger: ledgerName });
    const copied = await copyLedger(source, target);
    expect(copied.already).toBe(held.at(-1));
    expect(copied.source).toEqual(copied.target);
    expect(await leavesOf(target)).toEqual(await leavesOf(source));
    await target.close();
    expect(await examine({ url: `sqlite:${to}`, ledger: ledgerName })).toMatchObject({
      ...copied.source,
      damaged: 0,
    });
  }, 60_000);
});
