import type { DocumentRef } from '#events/event';
import type { PartyRole } from '#events/values';
import { Refused } from '#libs/decider/decider';
import { type Ledger, openLedger } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { memoryStore } from '#libs/store/memory';
import type { RecordedEvent } from '#libs/store/store';
import { countedIds, toldOn } from '#test/support/demo-ledger';

type Body<C> =
  C extends Readonly<{ command: infer D }> ? (D extends unknown ? Omit<D, 'meta'> : never) : never;

/**
 * One act: by whom, on which day, on which stream. Without `source` it is not public knowledge and
 * is marked illustrative with `note`; `refused` is the code it must be refused with.
 */
export type Act = {
  [C in LedgerCommand['category']]: Readonly<{
    by: string;
    on: string;
    category: C;
    id: string;
    do: Body<Extract<LedgerCommand, { category: C }>>;
    source?: string;
    note?: string;
    refused?: string;
    /** The country it happened in, ISO 3166-1 alpha-2. */
    where?: string;
  }>;
}[LedgerCommand['category']];

/** A line of the trade as it is told; `shown` are the streams whose history the golden file has. */
export type TradeStory = Readonly<{
  name: string;
  title: string;
  acts: readonly Act[];
  shown: readonly string[];
  /** Who takes part beside the cast of all stories. */
  also?: readonly Party[];
  /** Days and jurisdictions for which each shown stone is judged. */
  judged?: Readonly<{
    jurisdictions: readonly string[];
    days: readonly string[];
    /** Every reason of each verdict is shown, and what was announced or suspended by then. */
    whole?: true;
  }>;
}>;

type Party = Readonly<{ id: string; country: string; roles: readonly PartyRole[] }>;

/** Who takes part; but for ALROSA, KGK and the authorities of states, all are made up. */
const parties: readonly Party[] = [
  { id: 'operator', country: 'CH', roles: ['operator'] },
  { id: 'alrosa', country: 'RU', roles: ['producer', 'dealer'] },
  { id: 'gokhran', country: 'RU', roles: ['authority'] },
  { id: 'antwerp-client', country: 'BE', roles: ['dealer', 'cutter'] },
  { id: 'eu-authority', country: 'BE', roles: ['authority'] },
  { id: 'kgk', country: 'HK', roles: ['dealer', 'cutter'] },
  { id: 'cn-authority', country: 'CN', roles: ['authority'] },
  { id: 'mumbai-dealer', country: 'IN', roles: ['dealer', 'cutter'] },
  { id: 'in-authority', country: 'IN', roles: ['authority'] },
  { id: 'shanghai-dealer', country: 'CN', roles: ['dealer', 'jeweller'] },
  { id: 'smolensk-jeweller', country: 'RU', roles: ['jeweller', 'cutter'] },
  { id: 'ru-assay', country: 'RU', roles: ['authority'] },
  { id: 'minsk-jeweller', country: 'BY', roles: ['jeweller', 'cutter'] },
  { id: 'by-assay', country: 'BY', roles: ['authority'] },
  { id: 'gia', country: 'US', roles: ['laboratory'] },
];

/** What became of an act, beside the events it left. */
export type Told = Readonly<{ act: number; by: string; does: string; refused: string | null }>;

/** Tells a story on an empty ledger with one fixed clock and counted ids. */
export async function told(story: TradeStory) {
  const store = memoryStore({ ledger: 'adamant.local/ledger' });
  const now = `${toldOn}T00:00:00.000Z`;
  const ledger = openLedger(store, () => now);
  const nextId = countedIds();
  const cast = [...parties, ...(story.also ?? [])];
  for (const { id, country, roles } of cast) {
    const meta = metaOf('operator', '2016-01-01', [illustrative('party of this story')]);
    const command = { type: 'RegisterParty', name: id, country, roles, meta } as const;
    await ledger.execute({ category: 'party', id, command });
  }
  const outcomes: Told[] = [];
  for (const [act, each] of story.acts.entries()) {
    const refused = await outcomeOf(ledger, each);
    outcomes.push({ act, by: each.by, does: each.do.type, refused });
  }
  const events: RecordedEvent[] = [];
  for await (const batch of store.readAll(0n)) events.push(...batch);
  return { outcomes, events };

  function metaOf(by: string, on: string, documents: readonly DocumentRef[], where?: string) {
    const roles = cast.find(({ id }) => id === by)?.roles ?? [];
    const at = { time: on, precision: 'day' } as const;
    const place = where !== undefined && { place: { country: where } };
    return { id: nextId(), by, roles, now, at, ...place, documents };
  }

  async function outcomeOf(to: Ledger, each: Act): Promise<string | null> {
    const { source, note = 'made up to show how the trade goes' } = each;
    const papers = source === undefined ? illustrative(note) : { type: 'press', number: source };
    const command = { ...each.do, meta: metaOf(each.by, each.on, [papers], each.where) };
    try {
      await to.execute({ category: each.category, id: each.id, command } as LedgerCommand);
      return null;
    } catch (error) {
      if (error instanceof Refused) return error.code;
      throw error;
    }
  }
}

function illustrative(note: string): DocumentRef {
  return { type: 'illustrative', note };
}
