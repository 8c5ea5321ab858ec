import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomOf } from '#apps/cli/generate/random';
import { effective } from '#libs/decider/effective';
import { heal } from '#libs/ledger/heal';
import { openLedger } from '#libs/ledger/ledger';
import { openStore } from '#libs/store/open-store';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { replay } from '#libs/views/replay';
import { unfinished, unfinishedNow } from '#projections/unfinished';
import { runAndKill } from '#test/crash/kill';
import { correctingLot, ledgerName, registrations } from '#test/crash/trade';

const rounds = 8;
const seed = process.env['CRASH_SEED'] ?? 'sunrise';
const today = '2026-01-01';

type Round = Readonly<{
  /** Corrections that were acknowledged, and those recorded. */
  done: number;
  recorded: number;
  /** Children that said another country than their lot: when it was killed, and after healing. */
  torn: number;
  left: number;
  /** What is open after healing, and what healing once more recorded. */
  open: number;
  again: bigint;
}>;

describe(`a ledger that is killed ${rounds} times while it corrects (seed ${seed})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'adamant-crash-correction-'));
  const file = join(folder, 'ledger.db');
  const seen: Round[] = [];

  beforeAll(async () => {
    const store = await openStore(`sqlite:${file}`, { ledger: ledgerName });
    const { execute } = openLedger(store, () => '2018-12-31T12:00:00Z');
    for (const command of registrations()) await execute(command);
    await store.close();
    const random = randomOf(seed);
    for (let round = 0; round < rounds; round++) {
      const moment = { after: random.int(1, 5), ms: random.int(0, 400) };
      const args = [file, String(round)];
      const lines = await runAndKill('corrector', args, moment, join(folder, 'compiled'));
      const reopened = await openStore(`sqlite:${file}`, { ledger: ledgerName });
      seen.push(await healed(reopened, String(round), lines));
      await reopened.close();
    }
  }, 300_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  it('was killed between the correction and what it reaches', () => {
    const torn = seen.filter((each) => each.torn > 0);
    expect(torn.length).toBeGreaterThan(rounds / 4);
  });

  it('lost no correction that was acknowledged', () => {
    expect(seen.filter(({ done, recorded }) => recorded < done)).toEqual([]);
  });

  it('carries each correction on to all that it reaches, once', () => {
    const nothing = { left: 0, open: 0, again: 0n };
    expect(seen.map(({ left, open, again }) => ({ left, open, again }))).toEqual(
      seen.map(() => nothing),
    );
  });
});

/** What the killed process left, healed as the service heals it. */
async function healed(store: EventStore, round: string, lines: readonly string[]): Promise<Round> {
  const { id, children } = correctingLot(round, () => '');
  const ledger = openLedger(store, () => `${today}T12:00:00Z`);
  const lot = await store.read(`parcel-${id}`);
  const torn = await otherThanLot(store, id, children);
  await heal(ledger, await openIn(store));
  const end = await store.end();
  const open = await openIn(store);
  const left = await otherThanLot(store, id, children);
  await heal(
    ledger,
    lot.map(({ stream, revision }) => ({ stream, revision })),
  );
  return {
    done: lines.filter((line) => line.startsWith('done')).length,
    recorded: lot.filter(({ type }) => type === 'RecordCorrected').length,
    torn,
    left,
    open: open.length,
    again: (await store.end()) - end,
  };
}

async function openIn(store: EventStore) {
  const events: RecordedEvent[] = [];
  for await (const batch of store.readAll(0n)) events.push(...batch);
  return unfinishedNow(await replay([unfinished], events, today), 1000);
}

/** How many of the children say that they were mined in another country than their lot. */
async function otherThanLot(
  store: EventStore,
  id: string,
  children: readonly string[],
): Promise<number> {
  const mined = (await firstOf(store, `parcel-${id}`))['mineId'];
  const country = String(mined).slice(0, 2).toUpperCase();
  const said = await Promise.all(children.map((stream) => firstOf(store, stream)));
  return said.filter(({ origin }) => !JSON.stringify(origin).includes(`"country":"${country}"`))
    .length;
}

/** What the first event of a stream says by now. */
async function firstOf(
  store: EventStore,
  stream: string,
): Promise<Readonly<Record<string, unknown>>> {
  const [first] = effective(await store.read(stream));
  if (!first) throw new Error(`${stream} is empty`);
  return first.data as Readonly<Record<string, unknown>>;
}
