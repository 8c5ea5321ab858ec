import { beforeEach, describe, expect, it } from '@jest/globals';
import { effective, readAt } from '#libs/decider/effective';
import { actingLedger } from '#test/support/acting';
import { mct } from '#test/support/given';

const documents = [{ type: 'slip', sha256: 'ab'.repeat(32) }];
let ledger: Awaited<ReturnType<typeof actingLedger>>;

const correct = (stream: string, by: string, target: number, field: string, to: unknown) => {
  const changes = [{ field, to }];
  const said = { type: 'CorrectRecord', target, changes, reason: 'a slip of the pen' };
  return ledger.refusal(stream, by, said, { documents });
};
const annul = (stream: string, by: string, target: number) =>
  ledger.refusal(stream, by, { type: 'AnnulEvent', target, reason: 'not so' }, { documents });

async function reads(stream: string, revision: number, field: string): Promise<unknown> {
  const event = effective(await ledger.store.read(stream)).find(
    (each) => each.revision === revision,
  );
  return event && readAt(event, field);
}

beforeEach(async () => {
  ledger = await actingLedger({ alrosa: ['RU', 'producer'], kgk: ['IN', 'dealer'] });
});

describe('what is recorded of a party', () => {
  const listed = { jurisdiction: 'EU', list: 'Annex I', from: '2025-01-01', citation: '269/2014' };
  const half = { name: 'K. Gupta', country: 'IN', ppm: 500_000 };
  const screened = { list: 'OFAC SDN', listDate: '2025-04-01', outcome: 'clear' };

  it.each([
    [{ type: 'RecordDesignation', ...listed }, 'registry', 'data.from', '2025-02-01'],
    [{ type: 'RecordDesignation', ...listed }, 'registry', 'data.citation', 'L 78/6'],
    [
      { type: 'DeclareOwnership', partyId: 'kgk', shareholders: [half] },
      'kgk',
      'data.shareholders.0.ppm',
      400_000,
    ],
    [
      { type: 'DeclareAddress', partyId: 'kgk', lines: ['Jaipur'] },
      'kgk',
      'data.lines',
      ['Mumbai'],
    ],
    [
      { type: 'ScreenParty', ...screened, resultSha256: 'ab'.repeat(32) },
      'alrosa',
      'data.listDate',
      '2025-03-01',
    ],
  ])('is put right and taken back: %j', async (said, by, field, to) => {
    await ledger.act('party-kgk', by, said);
    expect(await correct('party-kgk', by === 'kgk' ? 'alrosa' : 'kgk', 1, field, to)).toBe(
      'not-your-act',
    );
    expect(await correct('party-kgk', by, 1, field, to)).toBeUndefined();
    expect(await reads('party-kgk', 1, field)).toEqual(to);
    expect(await annul('party-kgk', by, 1)).toBeUndefined();
    expect(await reads('party-kgk', 1, field)).toBeUndefined();
  });

  it('is not made to say what nobody could have said', async () => {
    const owners = { type: 'DeclareOwnership', partyId: 'kgk', shareholders: [half, half] };
    await ledger.act('party-kgk', 'kgk', owners);
    const ppm = 'data.shareholders.0.ppm';
    expect(await correct('party-kgk', 'kgk', 1, ppm, 600_000)).toBe('impossible-shares');
    expect(await correct('party-kgk', 'kgk', 1, 'data.shareholders.0.country', 'XX')).toBe(
      'bad-country',
    );
  });

  it('lets a designation that was of somebody else be followed by the right one', async () => {
    const said = { type: 'RecordDesignation', ...listed };
    await ledger.act('party-kgk', 'registry', said);
    expect(await ledger.refusal('party-kgk', 'registry', said)).toBe('already-designated');
    expect(await annul('party-kgk', 'registry', 1)).toBeUndefined();
    expect(await ledger.refusal('party-kgk', 'registry', said)).toBeUndefined();
    const end = { ...said, type: 'EndDesignation', from: '2025-03-01' };
    await ledger.act('party-kgk', 'registry', end);
    expect(await annul('party-kgk', 'registry', 3)).toBe('later-act-falls');
    expect(await correct('party-kgk', 'registry', 4, 'data.from', '2025-02-01')).toBeUndefined();
  });

  it('is not corrected of its roles and keys, which are taken back as they were given', async () => {
    await ledger.act('party-kgk', 'registry', { type: 'GrantRole', role: 'cutter' });
    expect(await annul('party-kgk', 'registry', 1)).toBe('not-annullable');
    expect(
      await correct('party-kgk', 'registry', 1, 'at', { time: '2025', precision: 'year' }),
    ).toBe('not-correctable');
  });
});

it('evidence has its days put right, and what revoked it taken back', async () => {
  const { act } = ledger;
  await act('stone-dawn', 'alrosa', {
    type: 'RecoverRough',
    mineId: 'ru-ebelyakh',
    weight: mct(10_000),
  });
  const paper = { kind: 'licence', number: 'L-1', scope: 'export' };
  const document = { type: 'licence', number: 'L-1', sha256: 'cd'.repeat(32) };
  const validTo = '2025-12-31';
  await act('stone-dawn', 'alrosa', {
    type: 'AttachEvidence',
    evidenceNo: 'E-1',
    paper,
    document,
    validTo,
  });
  expect(await correct('stone-dawn', 'alrosa', 1, 'data.validTo', 'soon')).toBe('bad-value');
  expect(await correct('stone-dawn', 'alrosa', 1, 'data.validTo', '2025-06-30')).toBeUndefined();
  expect(await reads('stone-dawn', 1, 'data.validTo')).toBe('2025-06-30');
  expect(await correct('stone-dawn', 'alrosa', 1, 'data.validTo', null)).toBeUndefined();
  expect(await reads('stone-dawn', 1, 'data.validTo')).toBeNull();
  const revoke = { type: 'RevokeEvidence', evidenceNo: 'E-1', ground: 'withdrawn', reason: 'x' };
  await act('stone-dawn', 'alrosa', { ...revoke, from: '2025-04-01' });
  const entry = (await ledger.store.read('stone-dawn')).length - 1;
  expect(await correct('stone-dawn', 'alrosa', entry, 'data.from', '2025-03-01')).toBeUndefined();
  expect(await annul('stone-dawn', 'alrosa', entry)).toBeUndefined();
  expect(
    await ledger.refusal('stone-dawn', 'alrosa', { ...revoke, from: '2025-04-01' }),
  ).toBeUndefined();
});
