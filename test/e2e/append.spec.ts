import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { serve } from '#test/e2e/service';
import type { Service } from '#test/e2e/service';
import { adamant } from '#test/support/adamant';
import { content } from '#test/support/kimberley';

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'adamant-append-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const day = (time: string) => ({ time, precision: 'day' });
const long = { time: '2000', precision: 'year' };
const register = (id: string, country: string, roles: readonly string[]) => ({
  stream: `party-${id}`,
  type: 'RegisterParty',
  by: 'registry',
  name: id,
  country,
  roles,
  at: long,
});
const parties = [
  register('registry', 'CH', ['operator']),
  register('alrosa', 'RU', ['producer']),
  register('kgk', 'IN', ['dealer']),
  register('gokhran', 'RU', ['authority']),
  register('gjepc', 'IN', ['authority']),
];
const on = (stream: string, by: string, type: string, time: string, facts: object = {}) => ({
  stream,
  by,
  type,
  ...facts,
  at: day(time),
});
const paper = 'certificate-ru0012345';
const journey = [
  on('stone-dawn', 'alrosa', 'RecoverRough', '2025-04-01', {
    mineId: 'ru-ebelyakh',
    weight: { mct: 236_000, qualifier: 'eq', basis: 'weighed' },
  }),
  on(paper, 'gokhran', 'IssueCertificate', '2025-04-04', { number: 'RU0012345', ...content }),
  on(paper, 'gokhran', 'ValidateCertificate', '2025-04-05', {
    signatory: 'I. Petrova',
    check: 'opened',
    sealNo: 'SEAL-1',
  }),
  on('shipment-s1', 'alrosa', 'CreateShipment', '2025-04-06', {
    consignee: 'kgk',
    from: 'RU',
    to: 'IN',
    goods: [{ stream: 'stone-dawn', hs: '710231', mct: 236_000 }],
    parcels: 1,
  }),
  on('shipment-s1', 'alrosa', 'AttachCertificate', '2025-04-06', { number: 'RU0012345' }),
  on('shipment-s1', 'gokhran', 'SealContainer', '2025-04-06', { sealNo: 'SEAL-1' }),
  on('shipment-s1', 'alrosa', 'DispatchShipment', '2025-04-10', { carrier: 'Malca-Amit' }),
  on('shipment-s1', 'kgk', 'ArriveShipment', '2025-04-12', { parcels: 1, sealNo: 'SEAL-1' }),
  on(paper, 'gjepc', 'ConfirmImport', '2025-04-13', {
    number: 'RU0012345',
    parcels: 1,
    mct: 236_000,
    importer: 'kgk',
    exporter: 'alrosa',
    receivedOn: '2025-04-12',
  }),
  on('shipment-s1', 'kgk', 'UnpackShipment', '2025-04-13'),
];

function fileOf(name: string, lines: readonly object[]): string {
  const file = join(folder, name);
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
}

const counts = (out: string) => JSON.parse(out) as { recorded: number; replayed: number };

describe('adamant append into a file', () => {
  const place = ['--data', join(folder, 'house'), '--json'];

  it('tries all of it without recording anything', async () => {
    const file = fileOf('all.jsonl', [...parties, ...journey]);
    const { code, out } = await adamant(['append', file, '--dry-run', ...place]);
    expect([code, counts(out)]).toEqual([0, { recorded: 15, replayed: 0, dryRun: true }]);
    expect((await adamant(['history', 'dawn', '--data', join(folder, 'house')])).code).toBe(1);
  });

  it('stops at the first refusal with its line and code, and goes on when run again', async () => {
    const [first, ...rest] = journey;
    const broken = [
      ...parties,
      first,
      { ...rest[0], exporter: { ...content.exporter, party: 'x' } },
    ];
    const failed = await adamant(['append', fileOf('broken.jsonl', broken as object[]), ...place]);
    expect(failed.code).toBe(1);
    expect(failed.err).toMatch(/^error: unknown-party: line 7: /);
    const whole = fileOf('whole.jsonl', [...parties, ...journey]);
    const { out } = await adamant(['append', whole, ...place]);
    expect(counts(out)).toMatchObject({ recorded: 9, replayed: 6 });
    expect(counts((await adamant(['append', whole, ...place])).out)).toMatchObject({
      recorded: 0,
      replayed: 15,
    });
  });

  it('checks bodies as the service does', async () => {
    const lines = [{ ...journey[0], stream: 'stone-dusk', weight: { mct: '1' } }];
    const { err } = await adamant(['append', fileOf('body.jsonl', lines), ...place]);
    expect(err).toMatch(/^error: invalid-body: line 1: weight.mct must be a whole number/);
    const nowhere = [{ stream: 'stone-dusk', type: 'OpenStone', by: 'alrosa' }];
    const { err: unknown } = await adamant(['append', fileOf('no.jsonl', nowhere), ...place]);
    expect(unknown).toMatch(/^error: unknown-route: line 1: /);
  });

  it('takes a line for one whatever its texts hold, and an empty file for no acts', async () => {
    const odd = [{ ...parties[0], name: 'Line\u2028and\u2029paragraph' }];
    const there = ['--data', join(folder, 'odd'), '--json'];
    const { err, out } = await adamant(['append', fileOf('odd.jsonl', odd), ...there]);
    expect([err, counts(out).recorded]).toEqual(['', 1]);
    const none = await adamant(['append', fileOf('none.jsonl', []), ...there]);
    expect([none.code, counts(none.out).recorded]).toEqual([0, 0]);
  });

  it('tells what it recorded in the words of the trade', async () => {
    const { out } = await adamant(['history', 'dawn', '--data', join(folder, 'house')]);
    expect(out).toContain('packed in shipment s1');
  });
});

describe('adamant append through a service', () => {
  let service: Service;
  beforeAll(async () => {
    service = await serve();
  });
  afterAll(() => service.close());

  it('acts by the key of each party, and by none it has no key for', async () => {
    const name = { stream: 'stone-dawn', type: 'NameStone', by: 'alrosa', name: 'Dawn' };
    const file = fileOf('remote.jsonl', [name]);
    const args = ['append', file, '--url', service.url];
    const { err } = await adamant([...args, '--key', 'adm_x']);
    expect(err).toMatch(/^error: key-needed: line 1: there is no key for acts of alrosa/);
    const keys = fileOf('keys.json', [{ alrosa: 'adm_wrong' }]);
    expect((await adamant([...args, '--keys', keys])).err).toMatch(/^error: bad-key: line 1: /);
    expect((await adamant([...args, '--dry-run'])).err).toMatch(/^error: usage: /);
  });
});
