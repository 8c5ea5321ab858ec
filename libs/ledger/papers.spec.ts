import { beforeEach, describe, expect, it } from '@jest/globals';
import type { When } from '#events/event';
import type { PartyRole } from '#events/values';
import type { CommandMeta } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { heal } from '#libs/ledger/heal';
import { type Ledger, openLedger } from '#libs/ledger/ledger';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import { memoryStore } from '#libs/store/memory';
import type { EventStore } from '#libs/store/store';
import { day } from '#test/support/given';
import { content } from '#test/support/kimberley';

const now = '2025-04-30T12:00:00Z';
const roles: Readonly<Record<string, readonly PartyRole[]>> = {
  registry: ['operator'],
  alrosa: ['producer', 'dealer', 'jeweller'],
  kgk: ['dealer'],
  gokhran: ['authority'],
  gjepc: ['authority'],
  gia: ['laboratory'],
};
const countries: Readonly<Record<string, string>> = { kgk: 'IN', gjepc: 'IN', gia: 'US' };

let store: EventStore;
let ledger: Ledger;
let ids = 0;

function meta(by: string, at: When = day('2025-04-04')): CommandMeta {
  ids += 1;
  const id = `01960000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
  return { id, by, roles: roles[by] ?? [], now, at };
}

type Said = Readonly<{ type: string }> & Readonly<Record<string, unknown>>;

/** A command as it comes in; types are checked by the deciders that answer it. */
function asked(stream: string, by: string, said: Said, at?: When): LedgerCommand {
  const dash = stream.indexOf('-');
  const command = { ...said, meta: meta(by, at) };
  return {
    category: stream.slice(0, dash),
    id: stream.slice(dash + 1),
    command,
  } as unknown as LedgerCommand;
}

const act = (stream: string, by: string, said: Said, at?: When) =>
  ledger.execute(asked(stream, by, said, at));

async function refusal(stream: string, by: string, said: Said): Promise<string | undefined> {
  try {
    await act(stream, by, said);
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

const types = async (stream: string) => (await store.read(stream)).map(({ type }) => type);
const exactly = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' });
const goods = [{ stream: 'stone-dawn', hs: '710231', mct: 236_000 }];
const pack = { type: 'CreateShipment', consignee: 'kgk', from: 'RU', to: 'IN', goods, parcels: 1 };
const issue = { type: 'IssueCertificate', number: 'RU0012345', ...content };
const validate = {
  type: 'ValidateCertificate',
  signatory: 'I. Petrova',
  check: 'opened',
  sealNo: 'SEAL-1',
};
const attach = { type: 'AttachCertificate', number: 'RU0012345' };
const doubt = { type: 'SuspectForgery', number: 'RU0012345', check: 'other', finding: 'x' };
const paper = 'certificate-ru0012345';

beforeEach(async () => {
  store = memoryStore({ ledger: 'ledger.example/test' });
  ledger = openLedger(store, () => now);
  for (const [id, held] of Object.entries(roles)) {
    const country = countries[id] ?? 'RU';
    await act(`party-${id}`, 'registry', { type: 'RegisterParty', name: id, country, roles: held });
  }
  await act('stone-dawn', 'alrosa', {
    type: 'RecoverRough',
    mineId: 'ru-ebelyakh',
    weight: exactly(236_000),
  });
});

describe('a shipment under a certificate', () => {
  beforeEach(async () => {
    await act(paper, 'gokhran', issue);
    await act(paper, 'gokhran', validate);
    await act('shipment-s1', 'alrosa', pack);
  });

  it('has the goods, and the certificate, for itself alone', async () => {
    expect(await types('stone-dawn')).toEqual(['RoughDiamondRecovered', 'GoodsPacked']);
    expect(await refusal('shipment-s2', 'alrosa', pack)).toBe('goods-packed');
    await act('shipment-s1', 'alrosa', attach);
    expect((await types(paper)).at(-1)).toBe('KpCertificateUsed');
    const other = { ...goods[0], stream: 'stone-dusk' };
    const dusk = { type: 'RecoverRough', mineId: 'ru-ebelyakh', weight: exactly(236_000) };
    await act('stone-dusk', 'alrosa', dusk);
    await act('shipment-s2', 'alrosa', { ...pack, goods: [other] });
    expect(await refusal('shipment-s2', 'alrosa', attach)).toBe('certificate-used');
  });

  it('relies on streams at revisions it names, and answers a repeat as it did', async () => {
    const command = asked('shipment-s1', 'alrosa', attach);
    await ledger.execute(command);
    const [, event] = await store.read('shipment-s1');
    expect(event?.data).toMatchObject({ reliedOn: [{ stream: paper, revision: 1 }] });
    expect(await ledger.execute(command)).toMatchObject({ replayed: true, revision: 1 });
    const { id } = command.command.meta;
    const seal = asked('shipment-s1', 'alrosa', { type: 'SealContainer', sealNo: 'SEAL-1' });
    const reused = { ...seal, command: { ...seal.command, meta: { ...seal.command.meta, id } } };
    await expect(ledger.execute(reused as LedgerCommand)).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
  });

  it('keeps packed goods as they are', async () => {
    const start = { type: 'StartManufacturing', orderNo: 'o1' };
    expect(await refusal('stone-dawn', 'alrosa', start)).toBe('goods-packed');
    await act('shipment-s1', 'alrosa', { type: 'UnpackShipment' });
    expect(await refusal('stone-dawn', 'alrosa', start)).toBeUndefined();
  });

  it('is quarantined with its goods when the certificate is doubted, and let out again', async () => {
    await act('shipment-s1', 'alrosa', attach);
    await act(paper, 'gjepc', doubt);
    expect((await types('shipment-s1')).at(-1)).toBe('ShipmentQuarantined');
    expect((await types('stone-dawn')).at(-1)).toBe('HoldPlaced');
    expect(await refusal('shipment-s1', 'alrosa', { type: 'UnpackShipment' })).toBe('quarantined');
    await act(paper, 'gokhran', { type: 'DismissSuspicion', reply: 'ours' });
    expect((await types('shipment-s1')).at(-1)).toBe('QuarantineLifted');
  });

  it('loses the certificate again when another shipment took it meanwhile', async () => {
    const use = { type: 'UseCertificate', shipment: 's9', cause: 'elsewhere' };
    const race = asked('shipment-s1', 'alrosa', attach);
    let raced = false;
    const racing = openLedger(
      {
        ...store,
        append: async (...args) => {
          if (args[0] === 'shipment-s1' && !raced) {
            raced = true;
            await act(paper, 'alrosa', use);
          }
          return store.append(...args);
        },
      },
      () => now,
    );
    await racing.execute(race);
    expect(await types('shipment-s1')).toEqual([
      'ShipmentCreated',
      'CertificateAttached',
      'CertificateDetached',
    ]);
    await heal(ledger, [{ stream: 'shipment-s1', revision: 1 }]);
    expect(await types('shipment-s1')).toHaveLength(3);
  });
});

describe('numbers', () => {
  it('name the streams of certificates, so that none is issued twice', async () => {
    expect(await refusal('certificate-ru0012346', 'gokhran', issue)).toBe('bad-id');
    await act(paper, 'gokhran', issue);
    expect(await refusal(paper, 'gokhran', issue)).toBe('number-taken');
  });

  it('of reports are one stone’s', async () => {
    const polished = {
      type: 'OpenHistory',
      form: 'polished',
      weight: exactly(1010),
      origin: { countries: [], mineIds: [], chainOfCustody: 'unknown' },
      basis: 'bought',
    };
    await act('stone-a', 'alrosa', polished);
    await act('stone-b', 'alrosa', polished);
    const grade = { type: 'IssueReport', reportNo: 'GR-77', weight: exactly(1010) };
    await act('stone-a', 'gia', grade);
    expect(await types('report-gia.gr-77')).toEqual(['ReportOpened']);
    expect(await refusal('stone-b', 'gia', grade)).toBe('report-exists');
    const quote = { type: 'QuoteReport', laboratory: 'gia', reportNo: 'GR-77', on: 'offer' };
    expect(await refusal('report-gia.other', 'kgk', quote)).toBe('bad-id');
    expect(await refusal('report-gia.gr-77', 'kgk', quote)).toBeUndefined();
  });
});

describe('a stone in a piece of jewellery', () => {
  const make = {
    type: 'MakeItem',
    description: 'ring',
    metal: 'gold',
    fineness: 750,
    grossMg: 4000,
  };
  const set = { type: 'SetStone', item: 'ring' };

  beforeEach(async () => {
    await act('stone-gem', 'alrosa', {
      type: 'OpenHistory',
      form: 'polished',
      weight: exactly(1010),
      origin: { countries: [], mineIds: [], chainOfCustody: 'unknown' },
      owner: 'alrosa',
      basis: 'bought',
    });
  });

  it('is refused while there is no such piece', async () => {
    expect(await refusal('stone-gem', 'alrosa', set)).toBe('unknown-jewellery');
    expect(await types('stone-gem')).toEqual(['HistoryOpened']);
  });

  it('follows the piece to other hands and comes out in them', async () => {
    await act('jewellery-ring', 'alrosa', make);
    await act('stone-gem', 'alrosa', set);
    expect(await types('jewellery-ring')).toEqual(['JewelleryItemMade', 'StoneTakenIn']);
    const release = { type: 'ReleaseCustody', to: 'kgk', purpose: 'vault' };
    expect(await refusal('stone-gem', 'alrosa', release)).toBe('set-in-item');
    await act('jewellery-ring', 'alrosa', { type: 'BreakUpItem', reason: 'melted' });
    expect(await types('stone-gem')).toEqual(['HistoryOpened', 'StoneSet', 'StoneUnset']);
    expect(await refusal('stone-gem', 'alrosa', release)).toBeUndefined();
  });

  it('shares its UIN with no other piece', async () => {
    const mark = { type: 'ApplyHallmark', fineness: 750, mark: '750', uin: '6430000012345678' };
    await act('jewellery-ring', 'alrosa', make);
    await act('jewellery-brooch', 'alrosa', make);
    await act('jewellery-ring', 'gokhran', mark);
    expect(await refusal('jewellery-brooch', 'gokhran', mark)).toBe('uin-taken');
  });
});
