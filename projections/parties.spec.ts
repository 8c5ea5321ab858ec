import { describe, expect, it } from '@jest/globals';
import { partyStream } from '#events/streams';
import { replay } from '#libs/views/replay';
import { credentialOf, credentialsOf, parties, partyOf } from '#projections/parties';
import { ledgerOf } from '#test/support/recorded';

const alrosa = partyStream('alrosa');

function registered() {
  const ledger = ledgerOf();
  ledger.record(
    alrosa,
    {
      type: 'PartyRegistered',
      data: { name: 'ALROSA', country: 'RU', roles: ['producer', 'dealer'] },
    },
    { on: '2020-01-01' },
  );
  ledger.record(alrosa, {
    type: 'ApiKeyIssued',
    data: { keyId: 'k1', secretSha256: 'ab'.repeat(32), roles: ['producer'] },
  });
  return ledger;
}

describe('parties', () => {
  it('hold roles over intervals', async () => {
    const { events, record } = registered();
    record(
      alrosa,
      { type: 'PartyRoleWithdrawn', data: { role: 'dealer', reason: 'licence ended' } },
      { on: '2021-05-01' },
    );
    record(alrosa, { type: 'PartyRoleGranted', data: { role: 'dealer' } }, { on: '2022-01-01' });
    const views = await replay([parties], events, '2026-01-01');
    const party = await partyOf(views, 'alrosa');
    expect(
      party?.roles.map(({ role, from, until }) => [role, from.time, until?.time ?? null]),
    ).toEqual([
      ['producer', '2020-01-01', null],
      ['dealer', '2020-01-01', '2021-05-01'],
      ['dealer', '2022-01-01', null],
    ]);
  });

  it('have keys that open nothing once revoked, and only by their own party', async () => {
    const { events, record } = registered();
    record(partyStream('other'), { type: 'ApiKeyRevoked', data: { keyId: 'k1' } });
    const before = await replay([parties], events, '2026-01-01');
    expect((await credentialOf(before, 'k1'))?.revoked_at).toBeNull();
    record(alrosa, { type: 'ApiKeyRevoked', data: { keyId: 'k1' } });
    const after = await replay([parties], events, '2026-01-01');
    expect((await credentialOf(after, 'k1'))?.revoked_at).not.toBeNull();
    expect(await credentialsOf(after, 'alrosa')).toHaveLength(1);
  });
});
