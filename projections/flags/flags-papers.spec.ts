import { beforeEach, describe, expect, it } from '@jest/globals';
import { flagStream } from '#events/streams';
import { replay } from '#libs/views/replay';
import { flagsBy } from '#projections/flags/flag-list';
import { flags } from '#projections/flags/flags';
import { actingLedger } from '#test/support/acting';
import { mct } from '#test/support/given';
import { content } from '#test/support/kimberley';
import { ledgerOf } from '#test/support/recorded';

const paper = 'certificate-ru0012345';
const goods = [{ stream: 'stone-dawn', hs: '710231', mct: 236_000 }];

let ledger: Awaited<ReturnType<typeof actingLedger>>;

async function found() {
  const views = await replay([flags], await ledger.events(), '2025-12-31');
  const raised = await flagsBy(views, {}, 100);
  return raised.map(({ rule, events, finding }) => ({
    rule,
    of: events.map(({ stream, revision }) => `${stream}#${revision}`),
    finding,
  }));
}

beforeEach(async () => {
  ledger = await actingLedger({
    alrosa: ['RU', 'producer', 'dealer'],
    kgk: ['IN', 'dealer'],
    gokhran: ['RU', 'authority'],
    gjepc: ['IN', 'authority'],
  });
  const { act } = ledger;
  const rough = { type: 'RecoverRough', mineId: 'ru-ebelyakh', weight: mct(236_000) };
  await act('stone-dawn', 'alrosa', rough);
});

/** Rough leaves Russia for India under a certificate that expires on 2025-06-03. */
async function dispatch() {
  const { act } = ledger;
  await act(paper, 'gokhran', { type: 'IssueCertificate', number: 'RU0012345', ...content });
  const stamp = { type: 'ValidateCertificate', signatory: 'P', check: 'opened', sealNo: 'S-1' };
  await act(paper, 'gokhran', stamp);
  const journey = { consignee: 'kgk', from: 'RU', to: 'IN', goods, parcels: 1 };
  await act('shipment-s1', 'alrosa', { type: 'CreateShipment', ...journey });
  await act('shipment-s1', 'alrosa', { type: 'AttachCertificate', number: 'RU0012345' });
  await act('shipment-s1', 'gokhran', { type: 'SealContainer', sealNo: 'S-1' });
  await act('shipment-s1', 'alrosa', { type: 'DispatchShipment', carrier: 'Malca-Amit' });
}

const arrive = { type: 'ArriveShipment', parcels: 1, mct: 236_000, sealNo: 'S-1' };

describe('a shipment', () => {
  it('that arrives as it left raises nothing', async () => {
    await dispatch();
    await ledger.act('shipment-s1', 'kgk', arrive, { on: '2025-06-03' });
    expect(await found()).toEqual([]);
  });

  it('that leaves for a country of which it is not known whether it took part is flagged', async () => {
    const { events, record } = ledgerOf();
    const judged = (participant: string, verdict: 'yes' | 'unknown') =>
      ({ participant, verdict, data: 'ab'.repeat(32) }) as const;
    const sent = (n: number, exporting: 'yes' | 'unknown', importing: 'yes' | 'unknown') => {
      const [from, to] = [judged('BW', exporting), judged('KE', importing)];
      const border = {
        need: 'certificate',
        number: 'BW01',
        exporting: from,
        importing: to,
      } as const;
      const left = { carrier: 'Malca-Amit', border, reliedOn: [] };
      record(`shipment-s${n}`, { type: 'ShipmentDispatched', data: left });
    };
    sent(1, 'yes', 'yes');
    sent(2, 'yes', 'unknown');
    sent(3, 'unknown', 'unknown');
    const views = await replay([flags], events, '2025-12-31');
    const found = await flagsBy(views, {}, 9);
    expect(
      found.map(({ rule, subject, finding }) => `${rule} ${subject} ${finding}`).sort(),
    ).toEqual([
      'participation-unknown shipment-s2 BW01: nothing is known of KE on that day',
      'participation-unknown shipment-s3 BW01: nothing is known of BW and KE on that day',
    ]);
  });

  it.each([
    [arrive, '2025-06-04', 'certificate-expired-on-arrival', 'shipment-s1#3'],
    [{ ...arrive, parcels: 2 }, '2025-05-01', 'shipment-differs', 'shipment-s1#3'],
    [{ ...arrive, mct: 200_000 }, '2025-05-01', 'shipment-differs', 'shipment-s1#3'],
    [{ ...arrive, sealNo: 'S-2' }, '2025-05-01', 'seal-changed', 'shipment-s1#2'],
  ])('that arrives as %j on %s raises %s', async (said, on, rule, first) => {
    await dispatch();
    await ledger.act('shipment-s1', 'kgk', said, { on });
    expect(await found()).toMatchObject([{ rule, of: [first, 'shipment-s1#4'] }]);
  });

  it.each([
    ['certificate-not-valid', 'the certificate was not valid'],
    ['participant-not-eligible', 'rough may not enter there'],
  ] as const)('found %s raises certificate-not-valid-on-arrival', async (finding, said) => {
    const { events, record } = ledgerOf();
    const border = { need: 'none', why: 'polished' } as const;
    const left = { carrier: 'Malca-Amit', border, reliedOn: [] };
    record('shipment-s1', { type: 'ShipmentDispatched', data: left });
    const arrived = { parcels: 1, findings: [finding], reliedOn: [] };
    record('shipment-s1', { type: 'ShipmentArrived', data: arrived });
    const views = await replay([flags], events, '2025-12-31');
    expect(await flagsBy(views, {}, 9)).toMatchObject([
      {
        rule: 'certificate-not-valid-on-arrival',
        events: [{ revision: 0 }, { revision: 1 }],
        finding: said,
      },
    ]);
  });

  it('whose goods went on hold on their way moved them all the same', async () => {
    await dispatch();
    const hold = { type: 'PlaceHold', holdNo: 'H-1', reason: 'origin', officer: 'one' };
    await ledger.act('stone-dawn', 'gjepc', hold, { on: '2025-04-20' });
    await ledger.act('shipment-s1', 'kgk', arrive, { on: '2025-05-01' });
    expect(await found()).toMatchObject([
      { rule: 'moved-while-not-clear', of: ['stone-dawn#3', 'shipment-s1#4'] },
    ]);
  });

  it('whose seal somebody found broken is flagged, one resealed by an authority is not', async () => {
    await dispatch();
    await ledger.act('shipment-s1', 'gjepc', { type: 'SealContainer', sealNo: 'S-9' });
    expect(await found()).toEqual([]);
    const breach = { type: 'ReportSealBreach', finding: 'cut' };
    await ledger.act('shipment-s1', 'gjepc', breach);
    expect(await found()).toMatchObject([
      { rule: 'seal-changed', of: ['shipment-s1#4', 'shipment-s1#5'] },
    ]);
  });

  it('whose other seal is found on its way, and again on arrival, is flagged once', async () => {
    await dispatch();
    const breach = { type: 'ReportSealBreach', foundNo: 'K-9', finding: 'another number' };
    await ledger.act('shipment-s1', 'gjepc', breach, { on: '2025-04-20' });
    await ledger.act('shipment-s1', 'gjepc', breach, { on: '2025-04-21' });
    await ledger.act('shipment-s1', 'kgk', { ...arrive, sealNo: 'K-9' }, { on: '2025-05-01' });
    expect(await found()).toMatchObject([
      { rule: 'seal-changed', of: ['shipment-s1#2', 'shipment-s1#4'] },
    ]);
  });

  it('whose third seal is found on arrival is flagged for each change', async () => {
    await dispatch();
    const breach = { type: 'ReportSealBreach', foundNo: 'K-9', finding: 'another number' };
    await ledger.act('shipment-s1', 'gjepc', breach, { on: '2025-04-20' });
    await ledger.act('shipment-s1', 'kgk', { ...arrive, sealNo: 'K-10' }, { on: '2025-05-01' });
    expect(await found()).toMatchObject([
      { rule: 'seal-changed', of: ['shipment-s1#2', 'shipment-s1#5'] },
      { rule: 'seal-changed', of: ['shipment-s1#2', 'shipment-s1#4'] },
    ]);
  });

  it('shares its certificate with no other; the deciders see to it but in a race', async () => {
    const { events, record } = ledgerOf();
    const data = { number: 'RU0012345', reliedOn: [] };
    record('shipment-s1', { type: 'CertificateAttached', data });
    record('shipment-s2', { type: 'CertificateAttached', data });
    const views = await replay([flags], events, '2025-12-31');
    expect(await flagsBy(views, { stream: 'shipment-s1' }, 9)).toMatchObject([
      { rule: 'certificate-used-twice', subject: 'shipment-s2' },
    ]);
  });
});

it('a packet with another seal is flagged', async () => {
  await ledger.act('stone-dawn', 'alrosa', { type: 'SealPacket', sealNo: 'P-1' });
  await ledger.act('stone-dawn', 'alrosa', {
    type: 'ReportSealBreach',
    foundNo: 'P-2',
    finding: 'another colour',
  });
  expect(await found()).toMatchObject([
    { rule: 'seal-changed', of: ['stone-dawn#1', 'stone-dawn#2'] },
  ]);
});

it('a packet whose own seal was tampered with is flagged as that', async () => {
  await ledger.act('stone-dawn', 'alrosa', { type: 'SealPacket', sealNo: 'P-1' });
  const breach = { type: 'ReportSealBreach', foundNo: 'P-1', finding: 'cut and glued' };
  await ledger.act('stone-dawn', 'alrosa', breach);
  expect(await found()).toMatchObject([
    { rule: 'seal-changed', finding: 'P-1 was put on and found: cut and glued' },
  ]);
});

describe('a certificate', () => {
  const behind = (number: string, issuedOn: string) =>
    ledger.act('stone-dawn', 'alrosa', {
      type: 'AttachOriginEvidence',
      kind: 'kimberley-certificate',
      document: { type: 'kimberley-certificate', number, issuedOn, sha256: 'ab'.repeat(32) },
      countries: [],
    });

  it.each([
    ['SL004199', '2015-11-01', 'certificate-number-out-of-range'],
    ['RU', '2025-01-01', 'certificate-number-out-of-range'],
    ['CF0001', '2014-01-01', 'certificate-from-non-participant'],
    ['KE0001', '2025-04-01', 'certificate-from-non-participant'],
  ])('%s of %s behind an origin raises %s', async (number, issuedOn, rule) => {
    await behind(number, issuedOn);
    expect(await found()).toMatchObject([{ rule, of: ['stone-dawn#1'] }]);
  });

  it.each([
    ['SL004199', '2015-11-01', ['certificate-number-out-of-range']],
    ['CF0001', '2014-01-01', ['certificate-from-non-participant']],
    ['CF0001', '2020-01-01', []],
  ])('%s of %s on file for import measures raises %j', async (number, issuedOn, rules) => {
    const origin = { kind: 'single', country: 'SL' };
    const file = { type: 'kimberley-certificate', number, issuedOn, sha256: 'ab'.repeat(32) };
    const said = { kind: 'kimberley-certificate', number, origin };
    const attach = { type: 'AttachEvidence', evidenceNo: 'E-1', paper: said, document: file };
    await ledger.act('stone-dawn', 'alrosa', attach);
    expect((await found()).map(({ rule }) => rule)).toEqual(rules);
  });

  it.each([
    ['RU0012345', '2025-01-01'],
    ['KE0001', '2010-04-01'],
    ['CF0001', '2020-01-01'],
  ])('%s of %s raises nothing: it may be one, as far as is known', async (number, issuedOn) => {
    await behind(number, issuedOn);
    expect(await found()).toEqual([]);
  });

  it.each([
    ['number-used-before', 'certificate-used-twice'],
    ['not-a-participant', 'certificate-from-non-participant'],
    ['number-out-of-range', 'certificate-number-out-of-range'],
  ])('that an authority doubts as %s raises %s', async (check, rule) => {
    const doubt = { type: 'SuspectForgery', number: 'RU0099', check, finding: 'seen' };
    await ledger.act('certificate-ru0099', 'gjepc', doubt);
    expect(await found()).toMatchObject([{ rule, of: ['certificate-ru0099#0'] }]);
  });
});

it('title passed on by another than its holder breaks the chain, which no decider lets happen', async () => {
  const { events, record } = ledgerOf();
  const data = { mineId: 'ru-ebelyakh', weight: mct(10_000) };
  record('stone-dawn', { type: 'RoughDiamondRecovered', data });
  const documents = [{ type: 'invoice', sha256: 'a'.repeat(64) }];
  const sold = (from: string, to: string) =>
    record(
      'stone-dawn',
      { type: 'TitleTransferred', data: { from, to, basis: 'sale' } },
      { documents },
    );
  sold('alrosa', 'kgk');
  sold('graff', 'tiffany');
  sold('tiffany', 'kgk');
  const views = await replay([flags], events, '2025-12-31');
  expect(await flagsBy(views, {}, 9)).toMatchObject([
    {
      rule: 'title-not-held',
      events: [{ revision: 1 }, { revision: 2 }],
      finding: 'graff passed on what kgk holds since position 2',
    },
  ]);
});

describe('closing a flag', () => {
  const close = { type: 'CloseFlag', streams: ['shipment-s1'], outcome: 'explained', reason: 'x' };

  async function raised() {
    await dispatch();
    await ledger.act('shipment-s1', 'kgk', { ...arrive, sealNo: 'S-2' }, { on: '2025-05-01' });
    const views = await replay([flags], await ledger.events(), '2025-12-31');
    const [flag] = await flagsBy(views, {}, 9);
    return flagStream(flag?.id ?? '');
  }

  it('ends it, for good, with who and why', async () => {
    const flag = await raised();
    await ledger.act(flag, 'gjepc', close, { on: '2025-05-02' });
    expect(await ledger.refusal(flag, 'registry', close, { on: '2025-05-02' })).toBe('flag-closed');
    const views = await replay([flags], await ledger.events(), '2025-12-31');
    expect(await flagsBy(views, { state: 'open' }, 9)).toEqual([]);
    expect(await flagsBy(views, { state: 'closed' }, 9)).toMatchObject([
      {
        rule: 'seal-changed',
        closing: {
          by: 'gjepc',
          outcome: 'explained',
          reason: 'x',
          reliedOn: [{ stream: 'shipment-s1', revision: 4 }],
        },
      },
    ]);
  });

  it('is refused where nothing raises it, and to who stated what did', async () => {
    const flag = await raised();
    const on = { on: '2025-05-02' };
    const other = flag.replace('seal-changed', 'shipment-differs');
    expect(await ledger.refusal(other, 'gjepc', close, on)).toBe('unknown-flag');
    const elsewhere = { ...close, streams: ['stone-dawn'] };
    expect(await ledger.refusal(flag, 'gjepc', elsewhere, on)).toBe('unknown-flag');
    expect(await ledger.refusal(flag, 'gokhran', close, on)).toBe('own-flag');
    expect(await ledger.refusal(flag, 'kgk', close, on)).toBe('role-needed');
  });

  it('is not possible by naming only part of the streams it concerns', async () => {
    await dispatch();
    const child = { streams: ['shipment-s1'] };
    const hold = { type: 'PlaceHold', holdNo: 'H-1', reason: 'origin', officer: 'one' };
    await ledger.act('stone-dawn', 'gjepc', hold, { on: '2025-04-20' });
    await ledger.act('shipment-s1', 'kgk', arrive, { on: '2025-05-01' });
    const views = await replay([flags], await ledger.events(), '2025-12-31');
    const [{ id, streams } = { id: '', streams: [] }] = await flagsBy(views, {}, 9);
    const on = { on: '2025-05-02' };
    expect(await ledger.refusal(flagStream(id), 'registry', { ...close, ...child }, on)).toBe(
      'unknown-flag',
    );
    await ledger.act(flagStream(id), 'registry', { ...close, streams }, on);
  });
});
