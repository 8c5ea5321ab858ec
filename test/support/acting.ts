import type { DocumentRef, Place, When } from '#events/event';
import type { PartyRole } from '#events/values';
import { flagIn } from '#apps/ledger/find-flag';
import { Refused } from '#libs/decider/decider';
import { openLedger } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { memoryStore } from '#libs/store/memory';
import type { RecordedEvent } from '#libs/store/store';

/** A party of a spec: its country and its roles. */
export type Party = readonly [country: string, ...roles: readonly PartyRole[]];
export type Said = Readonly<{ type: string }> & Readonly<Record<string, unknown>>;

type Around = Readonly<{
  on?: string;
  at?: When;
  place?: Place;
  documents?: readonly DocumentRef[];
}>;

/**
 * A real ledger in memory whose parties act through real commands: everything the deciders and the
 * policies do, nothing made up. Acts are of 2025-04-04 unless said otherwise; `registry` is operator.
 */
export async function actingLedger(parties: Readonly<Record<string, Party>>) {
  const now = '2025-12-31T12:00:00Z';
  const store = memoryStore({ ledger: 'ledger.example/test' });
  const ledger = openLedger(store, () => now, flagIn);
  const all: Readonly<Record<string, Party>> = { registry: ['BE', 'operator'], ...parties };
  let ids = 0;
  for (const [id, [country, ...roles]] of Object.entries(all)) {
    const said = { type: 'RegisterParty', name: id, country, roles };
    await act(`party-${id}`, 'registry', said, { on: '2020-01-01' });
  }
  return { store, ledger, act, refusal, events };

  function act(stream: string, by: string, said: Said, around: Around = {}) {
    ids += 1;
    const { on = '2025-04-04', at = { time: on, precision: 'day' }, ...rest } = around;
    const [, ...roles] = all[by] ?? [];
    const id = `01960000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
    const meta = { id, by, roles, now, at, ...rest };
    const dash = stream.indexOf('-');
    const [category, named] = [stream.slice(0, dash), stream.slice(dash + 1)];
    // The types of category and command belong together; the deciders check what they are given.
    const asked = { category, id: named, command: { ...said, meta } } as unknown as LedgerCommand;
    return ledger.execute(asked);
  }

  async function refusal(...asked: Parameters<typeof act>): Promise<string | undefined> {
    try {
      await act(...asked);
      return undefined;
    } catch (error) {
      if (error instanceof Refused) return error.code;
      throw error;
    }
  }

  async function events(): Promise<readonly RecordedEvent[]> {
    const found: RecordedEvent[] = [];
    for await (const batch of store.readAll(0n)) found.push(...batch);
    return found;
  }
}
