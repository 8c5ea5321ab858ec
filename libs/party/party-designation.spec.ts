import { describe, it } from '@jest/globals';
import { party } from '#libs/party/party';
import { as, given, stated } from '#test/support/given';

const registered = stated('registry', {
  type: 'PartyRegistered' as const,
  data: { name: 'ALROSA', country: 'RU', roles: ['producer'] as const },
});
const said = {
  jurisdiction: 'US',
  list: 'SDN',
  from: '2022-04-07',
  citation: 'OFAC, 7 April 2022',
};
const recorded = stated('registry', { type: 'DesignationRecorded' as const, data: said });
const record = { type: 'RecordDesignation', ...said, meta: as('registry', ['operator']) } as const;
const end = { ...record, type: 'EndDesignation', from: '2025-01-01' } as const;

describe('a designation', () => {
  it('is recorded by an operator or an authority, once', () => {
    for (const role of ['operator', 'authority'] as const) {
      given(party)(registered)
        .when({ ...record, meta: as('x', [role]) })
        .thenRecorded({ type: 'DesignationRecorded', data: said });
    }
    given(party)(registered)
      .when({ ...record, meta: as('alrosa', ['producer']) })
      .thenRefused('role-needed');
    given(party)(registered, recorded).when(record).thenRefused('already-designated');
    given(party)().when(record).thenRefused('unknown-party');
  });

  it('names a real day and a jurisdiction of the rule book', () => {
    given(party)(registered)
      .when({ ...record, from: '2022-02-30' })
      .thenRefused('bad-date');
    given(party)(registered)
      .when({ ...record, jurisdiction: 'ZZ' })
      .thenRefused('unknown-jurisdiction');
  });

  it('ends after it began', () => {
    given(party)(registered, recorded)
      .when(end)
      .thenRecorded({ type: 'DesignationEnded', data: { ...said, from: '2025-01-01' } });
    given(party)(registered, recorded)
      .when({ ...end, from: said.from })
      .thenRefused('impossible-interval');
    given(party)(registered).when(end).thenRefused('not-designated');
  });
});
