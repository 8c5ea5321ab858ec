import { describe, it } from '@jest/globals';
import type { PartyRegistered } from '#events/party';
import type { PartyRole } from '#events/values';
import { party } from '#libs/party/party';
import type { IssueApiKey } from '#libs/party/party-command';
import { as, day, given, stated } from '#test/support/given';

const operator = as('adamant', ['operator']);
const sha256 = 'ab'.repeat(32);

const graff: PartyRegistered['data'] = { name: 'Graff', country: 'GB', roles: ['jeweller'] };
const registered = stated('adamant', { type: 'PartyRegistered' as const, data: graff });
const key = { keyId: 'k1', secretSha256: sha256, roles: ['jeweller'] as readonly PartyRole[] };
const issued = stated('adamant', { type: 'ApiKeyIssued' as const, data: key });
const revoked = stated('graff', { type: 'ApiKeyRevoked' as const, data: { keyId: 'k1' } });

const asks = (changes: Partial<IssueApiKey> = {}): IssueApiKey => ({
  type: 'IssueApiKey',
  partyId: 'graff',
  ...key,
  meta: operator,
  ...changes,
});

describe('registering a party', () => {
  const register = { type: 'RegisterParty', ...graff, meta: operator } as const;

  it('is recorded with its roles', () =>
    given(party)().when(register).thenRecorded({ type: 'PartyRegistered', data: graff }));

  it('takes an operator', () =>
    given(party)()
      .when({ ...register, meta: as('graff', ['jeweller']) })
      .thenRefused('role-needed'));

  it('happens once', () => given(party)(registered).when(register).thenRefused('already-exists'));

  it.each(['UK', 'gb', 'ZZ', 'GBR'])('refuses the country %p', (country) =>
    given(party)()
      .when({ ...register, country })
      .thenRefused('bad-country'),
  );

  it('takes a Global Location Number that checks', () => {
    const located = { ...graff, gln: '9506000134352' };
    given(party)()
      .when({ ...register, ...located })
      .thenRecorded({ type: 'PartyRegistered', data: located });
    given(party)()
      .when({ ...register, gln: '9506000134353' })
      .thenRefused('bad-gln');
  });

  it('refuses a role named twice', () =>
    given(party)()
      .when({ ...register, roles: ['dealer', 'dealer'] })
      .thenRefused('role-held'));
});

describe('roles', () => {
  const grant = { type: 'GrantRole', role: 'dealer', meta: operator } as const;
  const withdraw = {
    type: 'WithdrawRole',
    role: 'jeweller',
    reason: 'left',
    meta: operator,
  } as const;
  const granted = stated('adamant', {
    type: 'PartyRoleGranted' as const,
    data: { role: 'dealer' as const },
  });
  const withdrawn = stated('adamant', {
    type: 'PartyRoleWithdrawn' as const,
    data: { role: 'jeweller' as const, reason: 'left' },
  });

  it('are granted and withdrawn by an operator', () => {
    given(party)(registered)
      .when(grant)
      .thenRecorded({ type: 'PartyRoleGranted', data: { role: 'dealer' } });
    given(party)(registered)
      .when(withdraw)
      .thenRecorded({ type: 'PartyRoleWithdrawn', data: { role: 'jeweller', reason: 'left' } });
    const own = as('graff', ['jeweller']);
    given(party)(registered)
      .when({ ...grant, meta: own })
      .thenRefused('role-needed');
    given(party)(registered)
      .when({ ...withdraw, meta: own })
      .thenRefused('role-needed');
  });

  it('are held once', () => given(party)(registered, granted).when(grant).thenRefused('role-held'));

  it('are withdrawn only while held', () =>
    given(party)(registered, withdrawn).when(withdraw).thenRefused('role-not-held'));

  it('are of a registered party', () => given(party)().when(grant).thenRefused('unknown-party'));

  it('change in the order of days', () =>
    given(party)(registered)
      .when({ ...grant, meta: { ...operator, at: day('2025-04-03') } })
      .thenRefused('out-of-order'));
});

describe('API keys', () => {
  it('are issued by an operator, or by the party for roles of its own key', () => {
    const recorded = { type: 'ApiKeyIssued', data: key } as const;
    given(party)(registered).when(asks()).thenRecorded(recorded);
    given(party)(registered)
      .when(asks({ meta: as('graff', ['jeweller']) }))
      .thenRecorded(recorded);
  });

  it('are not issued by somebody else', () =>
    given(party)(registered)
      .when(asks({ meta: as('tiffany', ['jeweller']) }))
      .thenRefused('not-your-act'));

  it('open no more than the key that asks for them', () =>
    given(party)(registered)
      .when(asks({ meta: as('graff') }))
      .thenRefused('role-needed'));

  it('open no more than the party may', () =>
    given(party)(registered)
      .when(asks({ roles: ['operator'] }))
      .thenRefused('role-not-held'));

  it('are kept as SHA-256 only', () =>
    given(party)(registered)
      .when(asks({ secretSha256: 'secret' }))
      .thenRefused('bad-hash'));

  it('have ids of their own, even after they ended', () => {
    given(party)(registered, issued).when(asks()).thenRefused('key-exists');
    given(party)(registered, issued, revoked).when(asks()).thenRefused('key-exists');
  });

  it('are revoked once, by the party or an operator', () => {
    const revoke = { type: 'RevokeApiKey', partyId: 'graff', keyId: 'k1', meta: operator } as const;
    const ended = { type: 'ApiKeyRevoked', data: { keyId: 'k1' } } as const;
    given(party)(registered, issued).when(revoke).thenRecorded(ended);
    given(party)(registered, issued)
      .when({ ...revoke, meta: as('graff') })
      .thenRecorded(ended);
    given(party)(registered, issued)
      .when({ ...revoke, meta: as('tiffany') })
      .thenRefused('not-your-act');
    given(party)(registered, issued, revoked).when(revoke).thenRefused('key-revoked');
    given(party)(registered).when(revoke).thenRefused('unknown-key');
  });
});
