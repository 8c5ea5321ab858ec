import { describe, it } from '@jest/globals';
import { party } from '#libs/party/party';
import { as, day, given, stated } from '#test/support/given';

const registered = stated('registry', {
  type: 'PartyRegistered' as const,
  data: { name: 'KGK', country: 'IN', roles: ['dealer'] as const },
});

describe('what is known of a party', () => {
  const by = (time: string) => as('adamant', ['operator'], day(time));
  const held = { shareholders: [{ name: 'A fund', ppm: 400_000 }] };
  const begun = stated('registry', registered, day('2025-04-01'));
  const owned = { type: 'OwnershipDeclared' as const, data: held };
  const later = stated('adamant', owned, day('2025-04-03'));
  const declare = { type: 'DeclareOwnership', partyId: 'kgk', ...held } as const;

  it('stands in the order of its own days, whatever else was recorded of the party since', () => {
    const address = { lines: ['Hoveniersstraat 22', 'Antwerp'] };
    given(party)(begun, later)
      .when({ type: 'DeclareAddress', partyId: 'kgk', ...address, meta: by('2025-04-02') })
      .thenRecorded({ type: 'AddressDeclared', data: address });
    given(party)(begun, later)
      .when({ ...declare, meta: by('2025-04-02') })
      .thenRefused('out-of-order');
    given(party)(begun, later)
      .when({ ...declare, meta: by('2025-04-03') })
      .thenRecorded(owned);
  });

  it('does not lie before the party', () =>
    given(party)(begun)
      .when({ ...declare, meta: by('2025-03-31') })
      .thenRefused('out-of-order'));
});

describe('screening', () => {
  const said = {
    list: 'EU consolidated list',
    listDate: '2025-04-04',
    outcome: 'clear' as const,
    resultSha256: 'ab'.repeat(32),
  };
  const screen = { type: 'ScreenParty', ...said, meta: as('alrosa', ['dealer']) } as const;

  it('compares a party with a list of a day', () => {
    given(party)(registered).when(screen).thenRecorded({ type: 'ScreeningPerformed', data: said });
    given(party)().when(screen).thenRefused('unknown-party');
    given(party)(registered)
      .when({ ...screen, listDate: '2025-04-31' })
      .thenRefused('bad-date');
    given(party)(registered)
      .when({ ...screen, listDate: '2025-04-06' })
      .thenRefused('in-the-future');
    given(party)(registered)
      .when({ ...screen, resultSha256: 'AB' })
      .thenRefused('bad-hash');
    given(party)(registered)
      .when({ ...screen, meta: as('audit', ['auditor']) })
      .thenRefused('auditor-only');
  });
});

describe('ownership', () => {
  const shareholders = [{ name: 'Holding', country: 'IN', ppm: 600_000 }];
  const declare = {
    type: 'DeclareOwnership',
    partyId: 'kgk',
    shareholders,
    meta: as('kgk', ['dealer']),
  } as const;

  it('is declared by the party or an operator, in shares that fit', () => {
    given(party)(registered)
      .when(declare)
      .thenRecorded({ type: 'OwnershipDeclared', data: { shareholders } });
    given(party)(registered)
      .when({ ...declare, meta: as('graff') })
      .thenRefused('not-your-act');
    given(party)(registered)
      .when({ ...declare, shareholders: [...shareholders, ...shareholders] })
      .thenRefused('impossible-shares');
    given(party)(registered)
      .when({ ...declare, shareholders: [{ name: 'x', ppm: 0 }] })
      .thenRefused('impossible-shares');
    given(party)(registered)
      .when({ ...declare, shareholders: [{ name: 'x', country: 'XX', ppm: 1 }] })
      .thenRefused('bad-country');
  });
});

describe('the address on a letterhead', () => {
  const lines = ['592 Fifth Avenue', 'New York, NY 10036', 'USA'];
  const declare = {
    type: 'DeclareAddress',
    partyId: 'kgk',
    lines,
    meta: as('kgk', ['dealer']),
  } as const;

  it('is declared by the party or an operator, in a few lines', () => {
    given(party)(registered)
      .when(declare)
      .thenRecorded({ type: 'AddressDeclared', data: { lines } });
    given(party)(registered)
      .when({ ...declare, meta: as('registry', ['operator']) })
      .thenRecorded({ type: 'AddressDeclared', data: { lines } });
    given(party)().when(declare).thenRefused('unknown-party');
    given(party)(registered)
      .when({ ...declare, meta: as('graff') })
      .thenRefused('not-your-act');
    for (const wrong of [[], Array.from({ length: 7 }, () => 'x')]) {
      given(party)(registered)
        .when({ ...declare, lines: wrong })
        .thenRefused('bad-count');
    }
    given(party)(registered)
      .when({ ...declare, lines: ['x\u0000'] })
      .thenRefused('bad-text');
  });
});
