import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refused } from '#libs/decider/decider';
import { openLedger } from '#libs/ledger/ledger';
import type { Ledger } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { memoryStore } from '#libs/store/memory';
import type { RecordedEvent } from '#libs/store/store';
import { replay } from '#libs/views/replay';
import type { ViewReader } from '#libs/views/views';
import { projections } from '#projections/projections';
import { reconciliation } from '#projections/statistics/reconcile';
import { statistics } from '#projections/statistics/statistics';
import { allFigures } from '#projections/statistics/totals';
import { keptUp } from '#test/support/kept-up';
import { brokenInvariants, goodsOf } from '#test/property/pipeline-invariants';
import { commandOf } from '#test/property/pipeline-commands';
import { type Intent, beginnings, intents, roles } from '#test/property/pipeline-intents';

const today = '2025-06-01';

describe('a ledger under random commands', () => {
  it('keeps every invariant, whatever is asked of it', async () => {
    const recorded = new Map<string, number>();
    let exact = 0;
    await fc.assert(
      fc.asyncProperty(intents, fc.integer({ min: 1, max: 9 }), async (asked, batchSize) => {
        const store = memoryStore({ ledger: 'test.example/log' });
        const ledger = openLedger(store, () => `${today}T12:00:00Z`);
        await registerAll(ledger);
        expect(await carryOut(ledger, [...beginnings, ...asked])).toEqual([]);
        const events = await allEvents(ledger);
        for (const { type } of events) recorded.set(type, (recorded.get(type) ?? 0) + 1);
        expect(brokenInvariants(events)).toEqual([]);
        for (const event of events) await ledger.follow(event);
        expect(await store.end()).toBe(events.at(-1)?.position);
        const differences = await differencesIn(events);
        if (isExact(events)) expect(differences).toEqual([]);
        // Parts that are “under 1 ct” each may turn out to be more together than there was.
        else expect(differences.filter(({ of }) => of !== 'ledger')).toEqual([]);
        if (isExact(events)) exact += 1;
        expect(await rowsInBatches(events, batchSize)).toEqual(
          await rowsOf(await replay(projections, events, today)),
        );
      }),
      { numRuns: 80, seed: 20250601 },
    );
    expect(exact).toBeGreaterThan(10);
    const rare = [
      'ParcelSorted',
      'MixReceived',
      'RoughSawn',
      'ManufacturingClosed',
      'GradingReportIssued',
    ];
    expect(rare.filter((type) => !recorded.has(type))).toEqual([]);
  }, 120_000);
});

async function registerAll({ execute }: Ledger): Promise<void> {
  const now = `${today}T00:00:00Z`;
  const registered = Object.keys(roles).filter((party) => party !== 'stranger');
  for (const [i, id] of registered.entries()) {
    const meta = {
      id: `0195e000-0000-7000-8000-00000000000${i}`,
      by: 'operator',
      roles: ['operator'],
      now,
      at: { time: '2024-01-01', precision: 'day' },
    } as const;
    const held = [...roles[id as keyof typeof roles]];
    const command = { type: 'RegisterParty', name: id, country: 'BE', roles: held, meta } as const;
    await execute({ category: 'party', id, command });
  }
}

/** Answers what the ledger did that contradicts itself. */
async function carryOut(ledger: Ledger, asked: readonly Intent[]): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [step, intent] of asked.entries()) {
    const minute = String(step % 60).padStart(2, '0');
    const now = `${today}T0${Math.floor(step / 60)}:${minute}:00Z`;
    const goods = [...goodsOf(await allEvents(ledger)).goods.values()];
    const command = commandOf(intent, goods, step + 1, now);
    const outcome = await outcomeOf(ledger, command);
    if (outcome === 'refused in part') faults.push(`${intent.kind} was ${outcome}`);
    if (outcome !== 'recorded' || intent.repeat === 'no') continue;
    const isSame = intent.repeat === 'same';
    const again = await outcomeOf(ledger, isSame ? command : inOtherWords(command));
    if (again !== (isSame ? 'repeated' : 'refused')) faults.push(`${intent.kind} again: ${again}`);
  }
  return faults;
}

function inOtherWords(said: LedgerCommand): LedgerCommand {
  const meta = { ...said.command.meta, place: { country: 'AQ' } };
  return { ...said, command: { ...said.command, meta } } as LedgerCommand;
}

async function outcomeOf(
  { store, execute }: Ledger,
  command: LedgerCommand,
): Promise<'recorded' | 'repeated' | 'refused' | 'refused in part'> {
  const before = await store.end();
  try {
    await execute(command);
    return (await store.end()) === before ? 'repeated' : 'recorded';
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return (await store.end()) === before ? 'refused' : 'refused in part';
  }
}

async function allEvents({ store }: Ledger): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of store.readAll(0n)) events.push(...batch);
  return events;
}

/** What does not reconcile: in = out + stock + loss, and production as it is filed. */
async function differencesIn(events: readonly RecordedEvent[]) {
  const books = reconciliation();
  for (const event of events) books.take(event);
  const views = await replay([statistics], events, today);
  return books.close(await allFigures(views)).differences;
}

/** Whether no weight is a bound or an estimate. */
function isExact(events: readonly RecordedEvent[]): boolean {
  return events.every(({ leaf }) => !/"qualifier":"(?!eq)/.test(leaf));
}

async function rowsInBatches(events: readonly RecordedEvent[], size: number) {
  return rowsOf(await keptUp(projections, events, today, size));
}

async function rowsOf(reader: ViewReader): Promise<Readonly<Record<string, unknown>>> {
  const tables = projections.flatMap((projection) => projection.tables);
  const rows = await Promise.all(
    tables.map(async (table) => [table.name, await reader.list(table, {})] as const),
  );
  return Object.fromEntries(rows);
}
