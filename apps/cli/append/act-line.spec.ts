import { describe, expect, it } from '@jest/globals';
import { readAct } from '#apps/cli/append/act-line';
import { Failure } from '#apps/cli/failure';

const read = (line: object, earlier = 0) => readAct(JSON.stringify(line), earlier);

function fault(text: string): string | undefined {
  try {
    readAct(text, 0);
    return undefined;
  } catch (error) {
    return error instanceof Failure ? error.code : String(error);
  }
}

describe('a line', () => {
  it('names a stream and a command, and is sent to the command’s own path', () => {
    const line = {
      stream: 'stone-dawn',
      type: 'RecoverRough',
      by: 'alrosa',
      mineId: 'ru-ebelyakh',
    };
    expect(read({ ...line, key: 'k1' })).toEqual({
      path: '/v1/stones/dawn/recover-rough',
      body: { mineId: 'ru-ebelyakh' },
      by: 'alrosa',
      key: 'k1',
    });
  });

  it('may name category and id, and a certificate by its number', () => {
    const line = { category: 'certificate', id: 'RU12/25', type: 'VoidCertificate', reason: 'x' };
    expect(read(line).path).toBe('/v1/certificates/RU12%2F25/void-certificate');
  });

  it.each([
    ['RegisterParty', { name: 'x' }, '/v1/parties', { id: 'kgk', name: 'x' }],
    ['GrantRole', { role: 'cutter' }, '/v1/parties/kgk/roles', { role: 'cutter' }],
    ['WithdrawRole', { role: 'cutter' }, '/v1/parties/kgk/roles/withdraw', { role: 'cutter' }],
    ['RevokeApiKey', { keyId: 'k' }, '/v1/parties/kgk/keys/k/revoke', {}],
    ['ScreenParty', { list: 'x' }, '/v1/parties/kgk/screen-party', { list: 'x' }],
  ])('%s of a party', (type, facts, path, body) => {
    expect(read({ stream: 'party-kgk', type, ...facts })).toMatchObject({ path, body });
  });

  it('has a key of its own that is the same in every run', () => {
    const line = { stream: 'stone-a', type: 'NameStone', name: 'x' };
    expect(read(line).key).toBe(read(line).key);
    expect(read(line).key).not.toBe(read(line, 1).key);
    expect(read(line).key).not.toBe(read({ ...line, name: 'y' }).key);
  });

  it.each([
    ['{"stream":"stone-a","type":"NameStone","name":"x","name":"y"}'],
    ['{"stream":"stone-a","type":"DeclareOrigin","origin":{"mineIds":[],"mineIds":["x"]}}'],
    ['{"stream":"stone-a","stream":"stone-b","type":"NameStone"}'],
  ])('does not say one thing twice: %s', (text) => expect(fault(text)).toBe('duplicate-key'));

  it.each([
    ['not JSON'],
    ['[]'],
    ['null'],
    ['{"stream":"stone-a"}'],
    ['{"stream":"stone-a","type":"name-stone"}'],
    ['{"stream":"rock-a","type":"NameStone"}'],
    ['{"stream":"stone-","type":"NameStone"}'],
    ['{"stream":"stone-a","category":"stone","id":"a","type":"NameStone"}'],
    ['{"type":"NameStone"}'],
    ['{"stream":"stone-a","type":"NameStone","by":7}'],
    ['{"stream":"stone-a","type":"NameStone","key":7}'],
    [`{"stream":"stone-a","type":"NameStone","name":${'['.repeat(5000)}${']'.repeat(5000)}}`],
    ['['.repeat(200_000)],
    ['{"stream":"constructor-a","type":"NameStone"}'],
    ['{"stream":"stones","type":"NameStone"}'],
    ['{"stream":"stone-\\ud800","type":"NameStone"}'],
    ['{"stream":"party-a","type":"RevokeApiKey","keyId":"\\udc00"}'],
    ['{"stream":"party-a","type":"IssueApiKey","roles":["dealer"]}'],
  ])('is refused: %s', (text) => expect(fault(text)).toBe('bad-line'));
});
