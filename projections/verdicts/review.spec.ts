import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generate } from '#apps/cli/generate/generate';
import { rulebookStream } from '#events/streams';
import type { Jurisdiction } from '#libs/rulebook/rule';
import { ruleBook } from '#libs/rulebook/rule-book';
import type { RulesUsed } from '#libs/rulebook/rules-used';
import { memoryStore } from '#libs/store/memory';
import type { RecordedEvent } from '#libs/store/store';
import { memoryViews } from '#libs/views/memory';
import { project, rebuild, review } from '#libs/views/projector';
import { feeder } from '#libs/views/feeder';
import { sqliteViews } from '#libs/views/sqlite';
import type { Views } from '#libs/views/views';
import { custody } from '#projections/custody';
import { sanctionsPage } from '#projections/sanctions-list';
import { sanctions } from '#projections/sanctions';
import { standing } from '#projections/standing';
import { title } from '#projections/title';
import { dump, firstDifference } from '#test/support/dump';
import { finishedStore, ledgerOf } from '#test/support/recorded';
import { unlikeVerdicts } from '#test/support/unlike-verdicts';

const kept = [sanctions, title, custody, standing];
const never = new AbortController().signal;
const day = '2025-06-01';
const built = ruleBook().jurisdictions;

let folder = '';
let files = 0;
let events: readonly RecordedEvent[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adamant-verdicts-'));
  const store = memoryStore({ ledger: 'test' });
  await generate({ store }, { stones: 6, seed: 11 });
  const all: RecordedEvent[] = [];
  for await (const batch of store.readAll(0n)) all.push(...batch);
  events = all;
});
afterAll(() => rm(folder, { recursive: true }));

/** Rules with another threshold, so that goods have to be sorted anew, or only with other words. */
function otherRules(id: string, mct: number): Jurisdiction {
  const rules = built.find((each) => each.id === id);
  const text = JSON.stringify(rules).replaceAll('"mct":500', `"mct":${mct}`);
  return { ...(JSON.parse(text) as Jurisdiction), knownThroughNote: `as of ${mct}` };
}

/** The ledger with adoptions put in at some places. */
function withAdoptions(
  adopted: readonly Readonly<{ at: number; id: string; mct: number }>[],
): Readonly<{ events: readonly RecordedEvent[]; rules: readonly RulesUsed[] }> {
  const { events: adoptions, record } = ledgerOf();
  const places = adopted.map(({ at }) => at % (events.length + 1)).sort((a, b) => a - b);
  const inUse = new Map<string, RulesUsed>(
    built.map((jurisdiction) => [jurisdiction.id, { version: ruleBook().version, jurisdiction }]),
  );
  for (const [n, { id, mct }] of adopted.entries()) {
    const [jurisdiction, version] = [otherRules(id, mct), `v${n}`];
    const data = { jurisdiction: id, version, sha256: `${id} ${mct}`, rules: { ...jurisdiction } };
    record(rulebookStream(id), { type: 'RuleBookAdopted', data });
    inUse.set(id, { version, jurisdiction });
  }
  const all: RecordedEvent[] = [];
  for (let n = 0; n <= events.length; n++) {
    places.forEach((place, which) => {
      const event = adoptions[which];
      if (place === n && event) all.push(event);
    });
    const event = events[n];
    if (event) all.push(event);
  }
  const numbered = all.map((event, n) => ({ ...event, position: BigInt(n + 1) }));
  return { events: numbered, rules: [...inUse.values()] };
}

async function begun(views: Views): Promise<void> {
  await views.next(kept);
  await views.swap(kept);
}

async function built_(from: readonly RecordedEvent[], today: string): Promise<Views> {
  const views = memoryViews(kept);
  await rebuild(finishedStore(from), views, kept, { signal: never, today: () => today });
  return views;
}

/** Takes in some events, or does parts of a review, each with its commit. */
async function keeper(views: Views, all: readonly RecordedEvent[]) {
  const set = await views.live(kept);
  const read = async (stream: string) => all.filter((event) => event.stream === stream);
  const feed = feeder(set, kept, { dense: true, read });
  return {
    async take(count: number, today: string) {
      const from = Number(feed.reached());
      await feed.take(all.slice(from, from + count), today);
      await set.commit(feed.reached());
    },
    async review(parts: number, today: string) {
      for (let n = 0; n < parts; n++) {
        if (((await sanctions.review?.(set.writer(sanctions, today))) ?? 0) === 0) return;
        await set.commit(0n);
      }
    },
  };
}

const ids = fc.constantFrom('EU', 'US', 'JP', 'CHBY');
const adoptions = fc.array(
  fc.record({ at: fc.nat(), id: ids, mct: fc.constantFrom(300, 500, 700) }),
  { maxLength: 4 },
);
const days = ['2023-11-01', '2024-02-29T16:00Z', '2024-03-01', '2024-09-01T03:00Z', '2024-09-02'];
const acts = fc.array(
  fc.oneof(
    fc.record({ act: fc.constant('take' as const), count: fc.integer({ min: 1, max: 200 }) }),
    fc.record({ act: fc.constant('review' as const), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ act: fc.constant('day' as const), count: fc.constant(1) }),
    fc.record({ act: fc.constant('crash' as const), count: fc.constant(1) }),
  ),
  { maxLength: 14 },
);

describe('stored verdicts', () => {
  it('are those of the facts by the rules in use, whatever was adopted, due, and cut off when', async () => {
    await fc.assert(
      fc.asyncProperty(adoptions, acts, async (adopted, steps) => {
        const ledger = withAdoptions(adopted);
        const file = join(folder, `${++files}.db`);
        let views = sqliteViews({ file, projections: kept });
        await begun(views);
        let keeping = await keeper(views, ledger.events);
        let today = 0;
        for (const { act, count } of steps) {
          const now = days[today] ?? day;
          if (act === 'take') await keeping.take(count, now);
          if (act === 'review') await keeping.review(count, now);
          if (act === 'day') today += 1;
          if (act !== 'crash') continue;
          await views.close();
          views = sqliteViews({ file, projections: kept });
          keeping = await keeper(views, ledger.events);
        }
        await keeping.take(ledger.events.length, day);
        await review(views, kept, day);
        expect(await unlikeVerdicts(views.reader, day, ledger.rules)).toEqual([]);
        const anew = await dump((await built_(ledger.events, day)).reader, kept);
        expect(firstDifference(await dump(views.reader, kept), anew)).toBeUndefined();
        await views.close();
      }),
      { numRuns: 12, endOnFailure: true },
    );
  }, 120_000);

  it('of old rules are shown until all of the new are there, then the new, at once', async () => {
    const { events: all, rules } = withAdoptions([{ at: events.length, id: 'EU', mct: 90_000 }]);
    const views = memoryViews(kept);
    await begun(views);
    const keeping = await keeper(views, all);
    await keeping.take(events.length, day);
    const list = () => sanctionsPage(views.reader, { jurisdiction: 'EU', now: day, limit: 500 });
    const before = await list();
    expect(before).toMatchObject({ ruleBookVersion: '2026.1', coming: null, next: null });
    await keeping.take(1, day);
    const seen = new Set<string>();
    for (let n = 0; n < 100; n++) {
      const page = await list();
      seen.add(`${page.ruleBookVersion} ${page.coming}`);
      const isOld = page.ruleBookVersion === '2026.1';
      const told = ({ items }: typeof page) =>
        items.map(({ subject, outcome, rule }) => `${subject} ${outcome} ${rule}`).sort();
      if (isOld) expect(told(page)).toEqual(told(before));
      else expect(told(page)).not.toEqual(told(before));
      await keeping.review(1, day);
    }
    expect([...seen]).toEqual(['2026.1 v0', 'v0 null']);
    expect(await unlikeVerdicts(views.reader, day, rules)).toEqual([]);
  });

  it('change when the day comes where the goods would go, and nowhere before', async () => {
    const views = await built_(events, '2024-08-31T20:59Z');
    const outcomes = async (now: string) => {
      await review(views, kept, now);
      const all: Record<string, string> = {};
      for (const jurisdiction of ['EU', 'UK', 'US', 'JP']) {
        const page = await sanctionsPage(views.reader, { jurisdiction, now, limit: 500 });
        all[jurisdiction] = page.day;
        expect(await unlikeVerdicts(views.reader, now)).toEqual([]);
      }
      return all;
    };
    expect(await outcomes('2024-08-31T21:00Z')).toMatchObject({
      EU: '2024-08-31',
      JP: '2024-09-01',
    });
    expect(await outcomes('2024-08-31T22:00Z')).toMatchObject({
      EU: '2024-09-01',
      UK: '2024-08-31',
    });
    expect(await outcomes('2024-08-31T23:00Z')).toMatchObject({
      UK: '2024-09-01',
      US: '2024-08-31',
    });
    expect(await outcomes('2024-09-01T04:00Z')).toMatchObject({ US: '2024-09-01' });
  });

  it('never go back in a rebuild, which judges all by what was adopted before it is shown', async () => {
    const { events: all } = withAdoptions([{ at: 10, id: 'EU', mct: 300 }]);
    const page = await sanctionsPage((await built_(all, day)).reader, {
      jurisdiction: 'EU',
      now: day,
      limit: 1,
    });
    expect(page).toMatchObject({ ruleBookVersion: 'v0', coming: null });
  });

  it('are kept up by who follows the ledger, when no event comes either', async () => {
    const views = memoryViews(kept);
    const stop = new AbortController();
    let today = '2024-02-20';
    let looks = 0;
    const following = project(finishedStore(events), views, kept, {
      signal: stop.signal,
      today: () => today,
      pause: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        looks += 1;
        if (looks === 40) today = day;
        if (looks === 80) stop.abort();
      },
    });
    await following;
    expect(await unlikeVerdicts(views.reader, day)).toEqual([]);
  });
});
