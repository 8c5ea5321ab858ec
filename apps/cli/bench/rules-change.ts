import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '#apps/cli/bench/report';
import { generate } from '#apps/cli/generate/generate';
import { randomOf } from '#apps/cli/generate/random';
import type { Random } from '#apps/cli/generate/random';
import { openLedger } from '#libs/ledger/ledger';
import type { Jurisdiction } from '#libs/rulebook/rule';
import { ruleBook } from '#libs/rulebook/rule-book';
import { memoryStore } from '#libs/store/memory';
import type { EventStore } from '#libs/store/store';
import { catchUp, rebuild, review } from '#libs/views/projector';
import { sqliteViews } from '#libs/views/sqlite';
import type { Views } from '#libs/views/views';
import { sanctions } from '#projections/sanctions';
import { changeKind } from '#projections/verdicts/kinds';
import { stateOf } from '#projections/verdicts/rules';
import { goodsRows, kindRows } from '#projections/verdicts/tables';
import type { Way } from '#projections/way/way';

const day = '2026-02-01';
const today = () => day;
const { signal } = new AbortController();
const perCommit = 10_000;

/** What is adopted: the same law in other words, or law that compares with other weights as well. */
export const rulesChanged = ['words', 'thresholds'] as const;
export type RulesChanged = (typeof rulesChanged)[number];

/**
 * Keeps about so many goods, varied from those of a generated trade, in views of their own, adopts
 * other rules of every jurisdiction, and takes the time until all verdicts by these are shown.
 * `peakMb` is of the whole process, with what came before.
 */
export async function reevaluate(
  seed: string,
  stones: number,
): Promise<Readonly<Record<RulesChanged, Run>>> {
  const folder = mkdtempSync(join(tmpdir(), 'adamant-bench-'));
  const views = sqliteViews({ file: join(folder, 'views.db'), projections: [sanctions] });
  try {
    const store = memoryStore({ ledger: 'bench' });
    await generate({ store }, { stones: Math.min(100, stones), seed });
    await rebuild(store, views, [sanctions], { signal, today });
    await vary(views, stones, randomOf(seed));
    return {
      words: await adopted(store, views, 'words'),
      thresholds: await adopted(store, views, 'thresholds'),
    };
  } finally {
    await views.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Adds goods like those there are, of other weights and days, until there are so many. */
async function vary(views: Views, stones: number, random: Random): Promise<void> {
  const set = await views.live([sanctions]);
  const writer = set.writer(sanctions, day);
  const like = (await writer.list(goodsRows, {})).filter(({ kind }) => kind !== '');
  for (let n = like.length; n < stones; n++) {
    const row = random.pick(like);
    const way = variant(row.way, random);
    const kind = await changeKind(writer, '', way);
    writer.put(goodsRows, { ...row, subject: `stone-more-${n}`, way, kind });
    if (n % perCommit === 0) await set.commit(0n);
  }
  await set.commit(0n);
}

function variant(way: Way, random: Random): Way {
  const { weight, each, leftRussiaOn, madeOn, since, papers } = way;
  const share = random.logNormal(1, 0.5);
  const scaled = (mct: number) => Math.max(1, Math.round(mct * share));
  const days = random.int(-400, 400);
  const moved = (date: string) =>
    new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
  const movedIf = (date: string | null) => (date === null ? null : moved(date));
  return {
    ...way,
    weight: weight && { ...weight, mct: scaled(weight.mct) },
    each: each && { min: scaled(each.min), max: each.max === null ? null : scaled(each.max) },
    leftRussiaOn: movedIf(leftRussiaOn),
    madeOn: movedIf(madeOn),
    since: Object.fromEntries(Object.entries(since).map(([where, from]) => [where, moved(from)])),
    papers: papers.map((paper) => ({
      ...paper,
      validFrom: movedIf(paper.validFrom),
      validTo: movedIf(paper.validTo),
    })),
  };
}

async function adopted(store: EventStore, views: Views, change: RulesChanged): Promise<Run> {
  const by = await operatorOf(store);
  const { execute } = openLedger(store, () => `${day}T00:00:00Z`);
  for (const [n, jurisdiction] of ruleBook().jurisdictions.entries()) {
    const rules: Record<string, unknown> = {
      ...changed(jurisdiction, change),
      version: change,
      knownThrough: day,
    };
    const rulebookId = jurisdiction.id.toLowerCase();
    const meta = {
      id: `0195e000-0000-7000-8000-${rulesChanged.indexOf(change)}${String(n).padStart(11, '0')}`,
      by,
      roles: ['operator'],
      now: `${day}T00:00:00Z`,
      at: { time: day, precision: 'day' },
    } as const;
    const sha256 = hash('sha256', JSON.stringify(rules));
    const command = {
      type: 'AdoptRuleBook',
      rulebookId,
      version: change,
      sha256,
      rules,
      meta,
    } as const;
    await execute({ category: 'rulebook', id: rulebookId, command });
  }
  const cpu = process.cpuUsage();
  const began = performance.now();
  await catchUp(store, await views.live([sanctions]), [sanctions], { signal, today });
  await review(views, [sanctions], day);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return told(views, change, seconds, (user + system) / 1e6);
}

/** It registers itself before anything else. */
async function operatorOf(store: EventStore): Promise<string> {
  for await (const [first] of store.readAll(0n)) if (first) return first.meta.by;
  throw new Error('nothing was generated');
}

function changed(jurisdiction: Jurisdiction, change: RulesChanged): Jurisdiction {
  const other = { ...jurisdiction, knownThroughNote: `as adopted: ${change}` };
  if (change === 'words') return other;
  return JSON.parse(JSON.stringify(other).replaceAll('"mct":500', '"mct":400')) as Jurisdiction;
}

async function told(views: Views, change: string, seconds: number, cpu: number): Promise<Run> {
  const { jurisdictions, sorting } = await stateOf(views.reader);
  const isShown = Object.values(jurisdictions).every(
    ({ current, coming }) => coming === null && current?.startsWith(`${change}@`),
  );
  if (!isShown || sorting !== null) throw new Error('not all verdicts are by the adopted rules');
  const kinds = await views.reader.list(kindRows, {});
  const stones = kinds.reduce((sum, { goods }) => sum + goods, 0);
  const peakMb = process.resourceUsage().maxRSS / 1024;
  const extra = { seconds, cpu, peakMb, kinds: kinds.length };
  return { events: stones, perSecond: stones / seconds, extra };
}
