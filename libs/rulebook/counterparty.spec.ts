import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Shareholder } from '#events/party';
import { counterpartyStatus } from '#libs/rulebook/counterparty';
import type { KnownParties, PartyFacts } from '#libs/rulebook/counterparty';

const screened = [{ on: '2022-01-01', list: 'all lists', outcome: 'clear' as const }];
const owned = (shareholders: readonly Shareholder[], from = '2022-01-01'): PartyFacts => ({
  designations: [],
  owners: [{ from, shareholders }],
  screenings: screened,
});
const share = (party: string, percent: number, controls = false): Shareholder => ({
  name: party,
  party,
  ppm: percent * 10_000,
  ...(controls && { controls }),
});
const listed: PartyFacts = {
  designations: [
    { jurisdiction: 'US', list: 'SDN', citation: 'OFAC', from: '2022-04-07', until: '2025-01-01' },
    { jurisdiction: 'EU', list: '269/2014', citation: 'OJ', from: '2024-01-03', until: null },
    { jurisdiction: 'CA', list: 'Sched. 1', citation: 'SOR', from: '2024-01-03', until: null },
  ],
  owners: [],
  screenings: screened,
};
const person = (id: string): PartyFacts => owned([share(id, 100)]);

const status = (known: KnownParties, jurisdiction: string, day = '2024-06-01', party = 'firm') =>
  counterpartyStatus(party, known, jurisdiction, day).outcome;

describe('a counterparty', () => {
  it('is barred on the days on which a list names it, and in that jurisdiction', () => {
    const known = { firm: listed };
    expect(status(known, 'US', '2022-04-06')).not.toBe('PROHIBITED');
    expect(status(known, 'US', '2022-04-07')).toBe('PROHIBITED');
    expect(status(known, 'US', '2024-12-31')).toBe('PROHIBITED');
    expect(status(known, 'US', '2025-01-01')).not.toBe('PROHIBITED');
    expect(status(known, 'UK')).not.toBe('PROHIBITED');
    expect(status(known, 'EUBY')).toBe('PROHIBITED');
  });

  it('is barred as the rule book says of a listed person, under whose id it is registered', () => {
    const { rule, citation } = counterpartyStatus('alrosa', {}, 'US', '2022-04-07');
    expect({ rule, citation }).toEqual({ rule: 'US-P1', citation: 'E.O. 14024 (SDN), 50 % rule' });
    expect(status({}, 'US', '2022-04-06', 'alrosa')).toBe('UNDETERMINED');
  });

  it('of the United States is barred from half on, through others too, together', () => {
    const half = { bad: listed, firm: owned([share('bad', 50), share('x', 50)]) };
    expect(status(half, 'US')).toBe('PROHIBITED');
    expect(status(half, 'EU')).not.toBe('PROHIBITED');
    const two = {
      bad: listed,
      alrosa: listed,
      between: owned([share('bad', 60)]),
      firm: owned([share('between', 30), share('alrosa', 20)]),
    };
    expect(status(two, 'US')).toBe('PROHIBITED');
    expect(counterpartyStatus('firm', two, 'US', '2024-06-01').rule).toBe('US-P50');
  });

  it('of the European Union is barred above half, or when a listed person controls it', () => {
    const firm = [share('bad', 50), share('x', 50)];
    const more = [{ name: 'bad', party: 'bad', ppm: 500_001 }];
    expect(status({ bad: listed, firm: owned(more) }, 'EU')).toBe('PROHIBITED');
    const controlled = owned([share('bad', 1, true), ...firm.slice(1)]);
    expect(status({ bad: listed, firm: controlled }, 'EU')).toBe('PROHIBITED');
    expect(status({ bad: listed, firm: controlled }, 'US')).not.toBe('PROHIBITED');
  });

  it('is owned by whom the last declaration by the day says', () => {
    const firm: PartyFacts = {
      ...owned([share('bad', 60)], '2022-05-01'),
      owners: [
        { from: '2022-05-01', shareholders: [share('bad', 60)] },
        { from: '2023-05-01', shareholders: [share('bad', 10)] },
      ],
    };
    expect(status({ bad: listed, firm }, 'US', '2023-04-30')).toBe('PROHIBITED');
    expect(status({ bad: listed, firm }, 'US', '2023-05-01')).toBe('UNDETERMINED');
  });

  it('is not clear while something that decides is not known', () => {
    const open: readonly KnownParties[] = [
      {},
      { firm: { ...person('firm'), screenings: [] } },
      {
        firm: {
          ...person('firm'),
          screenings: [{ on: '2024-06-02', list: 'x', outcome: 'clear' }],
        },
      },
      {
        firm: {
          ...person('firm'),
          screenings: [{ on: '2024-05-02', list: 'x', outcome: 'match' }],
        },
      },
      { firm: { ...person('firm'), owners: [] } },
      { firm: owned([{ name: 'somebody', ppm: 1_000_000 }]) },
      { firm: owned([share('x', 100)]), x: owned([share('firm', 100)]) },
      { firm: owned([share('x', 100)]) },
      { firm: owned([share('a', 50)]), a: person('a') },
    ];
    for (const known of open) expect(status(known, 'US')).toBe('UNDETERMINED');
    expect(status({ firm: person('firm') }, 'JP')).toBe('UNDETERMINED');
  });

  it('is clear when too little is unknown to decide, and nobody listed has it', () => {
    const known = {
      firm: owned([share('between', 90), { name: 'somebody', ppm: 50_000 }]),
      between: owned([share('a', 60), share('bad', 5)]),
      a: person('a'),
      bad: listed,
    };
    expect(status(known, 'US')).toBe('CLEAR');
    expect(status(known, 'EU')).toBe('CLEAR');
    const rest = owned([share('a', 100)]);
    expect(status({ firm: rest, a: person('a') }, 'CA')).toBe('CLEAR');
    expect(
      status({ firm: owned([share('a', 95), share('bad', 5)]), a: person('a'), bad: listed }, 'CA'),
    ).toBe('UNDETERMINED');
  });

  it('gets no better by knowing of one more listed owner', () => {
    const rank = { PROHIBITED: 0, UNDETERMINED: 1, CLEAR: 2 };
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'bad'), fc.integer({ min: 1, max: 33 })), {
          maxLength: 3,
        }),
        fc.constantFrom('US', 'EU', 'UK', 'CA'),
        (shares, where) => {
          const firm = owned(shares.map(([party, percent]) => share(party, percent)));
          const before = { firm, a: person('a'), b: person('b'), bad: person('bad') };
          const after = { ...before, bad: listed };
          expect(rank[status(after, where)]).toBeLessThanOrEqual(rank[status(before, where)]);
        },
      ),
    );
  });
});
