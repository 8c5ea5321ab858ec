import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Random, randomOf } from '#apps/cli/generate/random';
import { consequential } from '#libs/ledger/consequences';
import { heal } from '#libs/ledger/heal';
import { openLedger } from '#libs/ledger/ledger';
import { leafHash } from '#libs/store/envelope';
import { openStore } from '#libs/store/open-store';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { catchUp, rebuild, review } from '#libs/views/projector';
import { replay } from '#libs/views/replay';
import { sqliteViews } from '#libs/views/sqlite';
import { type Moment, runAndKill } from '#test/crash/kill';
import { ledgerName, registrations } from '#test/crash/trade';
import { differences, keptViews } from '#test/crash/views';
import { brokenInvariants, chainFaults } from '#test/property/pipeline-invariants';

/** Each round kills a process that appends and one that keeps or rebuilds the views. */
const rounds = 52;
const seed = process.env['CRASH_SEED'] ?? 'sunrise';
const today = '2026-01-01';
const options = { signal: new AbortController().signal, today: () => today };

type Acknowledged = Readonly<{ stream: string; revision: number; id: string; hash: string }>;

describe(`a ledger whose processes are killed ${2 * rounds} times (seed ${seed})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'adamant-crash-'));
  const file = join(folder, 'ledger.db');
  const viewsFile = join(folder, 'views.db');
  const cache = join(folder, 'compiled');
  const acknowledged: string[] = [];
  let store: EventStore;
  let events: readonly RecordedEvent[];

  beforeAll(async () => {
    await begin(file, viewsFile);
    const random = randomOf(seed);
    for (let round = 0; round < rounds; round++) {
      const mode = round % 3 === 2 ? 'rebuild' : 'follow';
      const [lines] = await Promise.all([
        runAndKill('appender', [file, String(round)], whileAppending(random), cache),
        runAndKill(
          'projector',
          [file, `sqlite:${viewsFile}`, mode],
          whileProjecting(random, mode),
          cache,
        ),
      ]);
      acknowledged.push(...lines);
    }
    store = await openStore(`sqlite:${file}`, { ledger: ledgerName });
    events = await allEvents(store);
  }, 300_000);

  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it('has every event that was acknowledged, byte for byte', () => {
    const recorded = new Map(events.map((event) => [event.meta.id, event]));
    const lost = acknowledged.filter((line) => {
      const { stream, revision, id, hash } = JSON.parse(line) as Acknowledged;
      const event = recorded.get(id);
      const place = event && { stream: event.stream, revision: event.revision };
      return place?.stream !== stream || place.revision !== revision || hashOf(event) !== hash;
    });
    expect(acknowledged.length).toBeGreaterThan(rounds * 20);
    expect(lost).toEqual([]);
  });

  it('has no gap and no broken chain', () => {
    expect(events.map(({ position }) => position)).toEqual(events.map((_, i) => BigInt(i + 1)));
    expect(chainFaults(events)).toEqual([]);
  });

  it('has appends of several events whole or not at all', () => {
    const names = new Map<string, string[]>();
    for (const { type, stream, data } of events) {
      if (type !== 'StoneNamed' || !stream.startsWith('stone-batch-')) continue;
      names.set(stream, [...(names.get(stream) ?? []), data.name]);
    }
    const batch = ['1 of 4', '2 of 4', '3 of 4', '4 of 4'];
    const whole = [...names].map(([, each]) => Array.from(each, (_, i) => batch[i % 4]));
    expect(names.size).toBeGreaterThan(0);
    expect([...names.values()]).toEqual(whole);
    expect([...names.values()].filter(({ length }) => length % 4 !== 0)).toEqual([]);
  });

  it('has views that equal a full replay', async () => {
    const views = sqliteViews({ file: viewsFile, projections: keptViews });
    const set = await views.live(keptViews);
    await catchUp(store, set, keptViews, options);
    await review(views, keptViews, today);
    const replayed = await replay(keptViews, events, today);
    expect(await differences(views.reader, replayed)).toEqual([]);
    await rebuild(store, views, keptViews, options);
    expect(await differences(views.reader, replayed)).toEqual([]);
    await views.close();
  }, 60_000);

  it('opens what a crash kept from being opened, once', async () => {
    const ledger = openLedger(store, () => `${today}T12:00:00Z`);
    const begun = events.filter(({ type }) => consequential.has(type));
    await heal(ledger, begun);
    const healed = await allEvents(store);
    expect(brokenInvariants(healed)).toEqual([]);
    await heal(ledger, begun);
    expect(await store.end()).toBe(BigInt(healed.length));
  }, 60_000);
});

/** All parties are registered, and the views are built of that. */
async function begin(file: string, viewsFile: string): Promise<void> {
  const store = await openStore(`sqlite:${file}`, { ledger: ledgerName });
  const { execute } = openLedger(store, () => '2018-12-31T12:00:00Z');
  for (const command of registrations()) await execute(command);
  const views = sqliteViews({ file: viewsFile, projections: keptViews });
  await rebuild(store, views, keptViews, options);
  await views.close();
  await store.close();
}

/** Mostly in the middle of its work, now and then while it opens the file. */
function whileAppending(random: Random): Moment {
  return random.chance(0.12)
    ? { after: 'start', ms: random.int(40, 300) }
    : { after: random.int(1, 250), ms: random.int(0, 4) };
}

/** Between commits; a projector that has nothing more to take in is killed while it waits. */
function whileProjecting(random: Random, mode: 'follow' | 'rebuild'): Moment {
  if (random.chance(0.12)) return { after: 'start', ms: random.int(40, 300) };
  return mode === 'follow'
    ? { after: random.int(1, 20), ms: random.int(0, 4), atLatest: 400 }
    : { after: random.int(1, 2), ms: random.int(0, 120) };
}

function hashOf(event: RecordedEvent | undefined): string {
  return event ? leafHash(event.leaf) : '';
}

async function allEvents(store: EventStore): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of store.readAll(0n)) events.push(...batch);
  return events;
}
