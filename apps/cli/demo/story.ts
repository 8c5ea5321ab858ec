import type { DocumentRef, Place, When } from '#events/event';
import type { CustodyPurpose } from '#events/trade';
import type { PartyRole } from '#events/values';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import type { PartyCommand } from '#libs/party/party-command';
import type { StoneCommand } from '#libs/stone/stone-command';

type Said<C> = C extends unknown ? Omit<C, 'meta'> : never;

type Circumstances = Readonly<{
  by: string;
  at: When;
  place?: Place;
  documents?: readonly DocumentRef[];
}>;

/** One act of a story: a command without the ledger's share (id, clock, the actor's roles). */
export type Step = Circumstances &
  (
    | Readonly<{ category: 'stone'; id: string; command: Said<StoneCommand> }>
    | Readonly<{ category: 'party'; id: string; command: Said<PartyCommand> }>
  );

/** One notable stone from the ground to where its public trace ends. */
export type Story = Readonly<{
  /** Its id in the reference data. */
  notable: string;
  title: string;
  /** The stone whose page tells the story: the polished one, or the rough where that is all. */
  hero: string;
  /** All its streams, oldest first. */
  stones: readonly string[];
  steps: readonly Step[];
}>;

/** What surrounds a step when it is carried out. */
export type Surroundings = Readonly<{ id: string; now: string; roles: readonly PartyRole[] }>;

export function commandOf(step: Step, { id, now, roles }: Surroundings): LedgerCommand {
  const { by, at, place, documents } = step;
  const meta = { id, by, roles, now, at, ...(place && { place }), ...(documents && { documents }) };
  switch (step.category) {
    case 'stone':
      return { category: 'stone', id: step.id, command: { ...step.command, meta } };
    case 'party':
      return { category: 'party', id: step.id, command: { ...step.command, meta } };
  }
}

/** Marks a step, or its date, as not public; the text says what is made up. */
export function illustrative(text: string): DocumentRef {
  return { type: 'illustrative', note: text };
}

export function inYear(time: string): When {
  return { time, precision: 'year' };
}

export function inMonth(time: string): When {
  return { time: time.slice(0, 7), precision: 'month' };
}

/** Both acts of a hand-over: the giver releases, the receiver accepts. */
export function handOver(
  stone: string,
  to: string,
  purpose: CustodyPurpose,
  circumstances: Circumstances,
): readonly Step[] {
  return [
    {
      ...circumstances,
      category: 'stone',
      id: stone,
      command: { type: 'ReleaseCustody', to, purpose },
    },
    {
      ...circumstances,
      by: to,
      category: 'stone',
      id: stone,
      command: { type: 'AcceptCustody' },
    },
  ];
}

/** The stone is given each of its names. */
export function naming(
  stone: string,
  names: readonly Readonly<{ name: string; language: string }>[],
  circumstances: Circumstances,
): readonly Step[] {
  return names.map((name) => ({
    ...circumstances,
    category: 'stone',
    id: stone,
    command: { type: 'NameStone', ...name },
  }));
}
