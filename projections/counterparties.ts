import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { parseStream } from '#events/streams';
import { daysOf } from '#libs/decider/when';
import { counterpartyStatus } from '#libs/rulebook/counterparty';
import type { CounterpartyStatus, KnownParties, PartyFacts } from '#libs/rulebook/counterparty';
import type { RulesUsed } from '#libs/rulebook/rules-used';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';
import { holderIn } from '#projections/custody';
import { forgetId } from '#projections/forget';
import { bearingOf } from '#projections/setting';

type CounterpartyRow = PartyFacts & Readonly<{ id: string }>;

const counterpartyRows: Table<CounterpartyRow> = {
  name: 'counterparties',
  columns: { id: 'text', designations: 'json', owners: 'json', screenings: 'json' },
  key: ['id'],
};

/** What lists and owners make of each party, over time. */
export const counterparties: Projection = {
  name: 'counterparties',
  version: 1,
  tables: [counterpartyRows],
  handles: [
    'PartyRegistered',
    'DesignationRecorded',
    'DesignationEnded',
    'OwnershipDeclared',
    'ScreeningPerformed',
  ],
  project,
  forget: forgetId('party', counterpartyRows),
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const id = parseStream(event.stream)?.id ?? event.stream;
  const known = await views.get(counterpartyRows, { id });
  const before = known ?? { id, designations: [], owners: [], screenings: [] };
  views.put(counterpartyRows, { ...before, ...changed(before, event) });
}

function changed(before: PartyFacts, event: Recorded<LedgerEvent>): Partial<PartyFacts> {
  const { first, last } = daysOf(event.meta.at);
  switch (event.type) {
    case 'DesignationRecorded':
      return { designations: [...before.designations, { ...event.data, until: null }] };
    case 'DesignationEnded': {
      const { jurisdiction, list, from } = event.data;
      const designations = before.designations.map((each) =>
        each.jurisdiction === jurisdiction && each.list === list && each.until === null
          ? { ...each, until: from }
          : each,
      );
      return { designations };
    }
    case 'OwnershipDeclared': {
      const { shareholders } = event.data;
      return { owners: [...before.owners, { from: first, shareholders }] };
    }
    case 'ScreeningPerformed': {
      const { list, outcome } = event.data;
      return { screenings: [...before.screenings, { on: last, list, outcome }] };
    }
    default:
      return {};
  }
}

/** Who holds goods and who owns them, with what is known of them and of everyone above them. */
export type Dealings = Readonly<{
  parties: readonly Readonly<{ party: string; as: readonly ('owner' | 'custodian')[] }>[];
  known: KnownParties;
}>;

export async function dealingsOf(views: ViewReader, subject: string): Promise<Dealings> {
  const { title, custody } = await bearingOf(views, subject);
  const owners = title?.shares?.map(({ party }) => party) ?? [title?.owner ?? null];
  const custodian = holderIn(custody);
  const parties = [...new Set([...owners, custodian])].flatMap((party) => {
    if (party === null) return [];
    const owns = owners.includes(party) ? (['owner'] as const) : [];
    const holds = party === custodian ? (['custodian'] as const) : [];
    return [{ party, as: [...owns, ...holds] }];
  });
  const ids = parties.map(({ party }) => party);
  return { parties, known: await partiesKnown(views, ids) };
}

/** Who is named as the one owner or as custodian of goods on a list, each once, in order. */
export function holdersOn(
  items: readonly Readonly<{ owner: string | null; custodian: string | null }>[],
): readonly string[] {
  const named = items.flatMap(({ owner, custodian }) => [owner, custodian]);
  return [...new Set(named.filter((party) => party !== null))].sort();
}

/** What the lists of a jurisdiction make of each of these parties, beside any verdict on goods. */
export async function statusesOf(
  views: ViewReader,
  parties: readonly string[],
  jurisdiction: string,
  day: string,
  lists: RulesUsed,
): Promise<readonly CounterpartyStatus[]> {
  const known = await partiesKnown(views, parties);
  return parties.map((party) => counterpartyStatus(party, known, jurisdiction, day, lists));
}

/** Facts of these parties and of everyone who ever owned a share of them, however far up. */
export async function partiesKnown(
  views: ViewReader,
  parties: readonly string[],
): Promise<KnownParties> {
  const found: Record<string, PartyFacts> = {};
  const asked = new Set<string>();
  const open = [...parties];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (asked.has(id)) continue;
    asked.add(id);
    const row = await views.get(counterpartyRows, { id });
    if (!row) continue;
    const { id: _, ...facts } = row;
    found[id] = facts;
    for (const { shareholders } of facts.owners) {
      for (const { party } of shareholders) if (party !== undefined) open.push(party);
    }
  }
  return found;
}
