import { describe, expect, it } from '@jest/globals';
import { flagStream } from '#events/streams';
import { viewsAt } from '#libs/views/as-known';
import type { Question } from '#libs/views/as-known';
import { replay } from '#libs/views/replay';
import type { Flag } from '#projections/flags/flag';
import type { FlagsAsked } from '#projections/flags/flag-list';
import { flagsBy } from '#projections/flags/flag-list';
import { flags } from '#projections/flags/flags';
import { concerned, foldedForFlags } from '#projections/flags/flags-then';
import type { FlagRule } from '#projections/flags/rules';
import { actingLedger } from '#test/support/acting';
import type { Said } from '#test/support/acting';
import { dump, firstDifference } from '#test/support/dump';
import { foldAnew } from '#test/support/effective-fold';
import { bill, open, recover, release } from '#test/support/flagged';
import { mct } from '#test/support/given';
import { keptUp } from '#test/support/kept-up';
import { content } from '#test/support/kimberley';

const today = '2025-12-31';

type Ledger = Awaited<ReturnType<typeof cast>>;

function cast() {
  return actingLedger({
    alrosa: ['RU', 'producer', 'dealer'],
    kgk: ['IN', 'dealer', 'cutter'],
    graff: ['GB', 'jeweller', 'dealer'],
    merlion: ['SG', 'dealer'],
    caracas: ['VE', 'dealer'],
    gia: ['US', 'laboratory'],
    gokhran: ['RU', 'authority'],
    gjepc: ['IN', 'authority'],
    reviewer: ['BE', 'auditor'],
  });
}

const paper = 'certificate-ru0012345';
const rough = [{ stream: 'stone-dawn', hs: '710231', mct: 236_000 }];

/** Rough leaves Russia for another country. */
async function sent({ act }: Ledger, consignee = 'kgk', to = 'IN', on = '2025-04-04') {
  const by = (stream: string, who: string, said: Said) => act(stream, who, said, { on });
  const importer = { party: consignee, name: consignee, address: to };
  const days = { issuedOn: on, expiresOn: '2025-06-03' };
  const journey = { consignee, from: 'RU', to, goods: rough, parcels: 1 };
  await by('stone-dawn', 'alrosa', recover(236_000));
  const said = { ...content, ...days, importer, importingCountry: to };
  await by(paper, 'gokhran', { type: 'IssueCertificate', number: 'RU0012345', ...said });
  const stamp = { type: 'ValidateCertificate', signatory: 'P', check: 'opened', sealNo: 'S-1' };
  await by(paper, 'gokhran', stamp);
  await by('shipment-s1', 'alrosa', { type: 'CreateShipment', ...journey });
  await by('shipment-s1', 'alrosa', { type: 'AttachCertificate', number: 'RU0012345' });
  await by('shipment-s1', 'gokhran', { type: 'SealContainer', sealNo: 'S-1' });
  await by('shipment-s1', 'alrosa', { type: 'DispatchShipment', carrier: 'Malca-Amit' });
}

function arrives({ act }: Ledger, who: string, on: string, more: object = {}) {
  const arrival = { type: 'ArriveShipment', parcels: 1, mct: 236_000, sealNo: 'S-1', ...more };
  return act('shipment-s1', who, arrival, { on });
}

async function polished({ act }: Ledger, exact: number) {
  await act('stone-dawn', 'alrosa', recover(10_000));
  await act('stone-dawn', 'alrosa', { type: 'StartManufacturing', orderNo: '1' });
  await act('stone-dawn', 'alrosa', { type: 'ProducePolished', weight: mct(exact) });
}

function shown({ act }: Ledger, number: string, issuedOn: string) {
  const document = { type: 'kimberley-certificate', number, issuedOn, sha256: 'ab'.repeat(32) };
  const said = { type: 'AttachOriginEvidence', kind: 'kimberley-certificate', countries: [] };
  return act('stone-dawn', 'alrosa', { ...said, document });
}

async function two({ act }: Ledger) {
  await act('stone-gem', 'kgk', open(1_000, 'kgk'), bill);
  await act('stone-twin', 'kgk', open(1_000, 'kgk'), bill);
}

const ring = { type: 'MakeItem', description: 'ring', metal: 'gold', fineness: 750 };
const mumbai = { unlocode: 'INBOM' };
const antwerp = { unlocode: 'BEANR' };
const instant = (time: string) => ({ time, precision: 'instant' }) as const;

/** Acts that raise each rule once, whatever else they raise. */
const raisedBy: Readonly<Record<FlagRule, (ledger: Ledger) => Promise<unknown>>> = {
  'carats-from-nowhere': async ({ act }) => {
    await act('stone-dawn', 'alrosa', recover(10_000));
    const split = { type: 'SplitIdentity', weight: mct(10_005), reason: 'two' };
    await act('stone-dawn', 'alrosa', split);
  },
  'source-not-in-ledger': ({ act }) => act('stone-gem', 'kgk', open(1_000, 'kgk')),
  'yield-out-of-bounds': (ledger) => polished(ledger, 7_000),
  'yield-implausible': (ledger) => polished(ledger, 8_500),
  'certificate-used-twice': ({ act }) => {
    const doubt = { type: 'SuspectForgery', number: 'RU0099', check: 'number-used-before' };
    return act('certificate-ru0099', 'gjepc', { ...doubt, finding: 'seen' });
  },
  'certificate-number-out-of-range': async (ledger) => {
    await ledger.act('stone-dawn', 'alrosa', recover(10_000));
    await shown(ledger, 'SL004199', '2015-11-01');
  },
  'certificate-from-non-participant': async (ledger) => {
    await ledger.act('stone-dawn', 'alrosa', recover(10_000));
    await shown(ledger, 'CF0001', '2014-01-01');
  },
  'certificate-expired-on-arrival': async (ledger) => {
    await sent(ledger);
    await arrives(ledger, 'kgk', '2025-06-04');
  },
  'certificate-not-valid-on-arrival': async (ledger) => {
    await sent(ledger, 'caracas', 'VE', '2010-11-01');
    await arrives(ledger, 'caracas', '2010-11-05');
  },
  'participation-unknown': (ledger) => sent(ledger, 'merlion', 'SG', '2024-06-01'),
  'border-without-shipment': async ({ act }) => {
    const found = { ...open(1_000, 'kgk'), form: 'rough' };
    await act('stone-gem', 'kgk', found, { ...bill, place: { country: 'BW' } });
    await act('stone-gem', 'kgk', release('gia', 'laboratory'), { place: mumbai });
    await act('stone-gem', 'gia', { type: 'AcceptCustody' });
  },
  'joined-from-elsewhere': async ({ act }) => {
    await act('stone-gem', 'graff', open(1_000, 'graff'), { ...bill, place: mumbai });
    await act('jewellery-ring', 'graff', { ...ring, grossMg: 4_000 }, { place: antwerp });
    await act('stone-gem', 'graff', { type: 'SetStone', item: 'ring' });
  },
  'shipment-differs': async (ledger) => {
    await sent(ledger);
    await arrives(ledger, 'kgk', '2025-05-01', { parcels: 2 });
  },
  'report-on-two-stones': async (ledger) => {
    const { act } = ledger;
    await two(ledger);
    await act('stone-gem', 'gia', { type: 'IssueReport', reportNo: '77', weight: mct(1_000) });
    const match = { type: 'MatchReport', laboratory: 'gia', reportNo: '77', method: 'seen' };
    await act('stone-twin', 'kgk', match);
  },
  'same-measurements': async (ledger) => {
    const { act } = ledger;
    await two(ledger);
    const said = { weight: mct(1_000), measurementsMm: '6.50 - 6.53 x 4.01' };
    await act('stone-gem', 'gia', { type: 'IssueReport', reportNo: '77', ...said });
    await act('stone-twin', 'gia', { type: 'IssueReport', reportNo: '78', ...said });
  },
  'moved-while-not-clear': async (ledger) => {
    await sent(ledger);
    const hold = { type: 'PlaceHold', holdNo: 'H-1', reason: 'origin', officer: 'one' };
    await ledger.act('stone-dawn', 'gjepc', hold, { on: '2025-04-20' });
    await arrives(ledger, 'kgk', '2025-05-01');
  },
  'impossible-journey': async ({ act }) => {
    const at = instant('2025-04-04T08:00:00Z');
    await act('stone-gem', 'kgk', open(1_000, 'kgk'), { ...bill, at });
    const nine = { at: instant('2025-04-04T09:00:00Z'), place: antwerp };
    await act('stone-gem', 'kgk', release('gia', 'laboratory'), nine);
    const there = { at: instant('2025-04-04T12:00:00Z'), place: mumbai };
    await act('stone-gem', 'gia', { type: 'AcceptCustody' }, there);
  },
  'title-not-held': async ({ act }) => {
    const stated = { documents: [{ type: 'statement' }] };
    await act('stone-gem', 'kgk', open(1_000, 'kgk'), bill);
    await act('stone-twin', 'alrosa', open(1_000, 'alrosa'), bill);
    await act('stone-gem', 'kgk', { type: 'TransferTitle', to: 'graff', basis: 'sale' }, stated);
    const agree = { type: 'AgreeToMerge', merged: 'gem', reason: 'one scan' };
    await act('stone-twin', 'alrosa', agree);
    await act('stone-gem', 'kgk', { type: 'GiveUpIdentity', stoneId: 'gem', survivor: 'twin' });
  },
  'title-without-paper': async ({ act }) => {
    await act('stone-gem', 'kgk', open(1_000, 'kgk'), bill);
    await act('stone-gem', 'kgk', { type: 'TransferTitle', to: 'graff', basis: 'sale' });
  },
  'seal-changed': async ({ act }) => {
    await act('stone-gem', 'kgk', open(1_000, 'kgk'), bill);
    await act('stone-gem', 'kgk', { type: 'SealPacket', sealNo: 'P-1' });
    const breach = { type: 'ReportSealBreach', foundNo: 'P-2', finding: 'another colour' };
    await act('stone-gem', 'kgk', breach);
  },
  'release-unanswered': async ({ act }) => {
    await act('stone-gem', 'kgk', open(1_000, 'kgk'), bill);
    await act('stone-gem', 'kgk', release('graff'));
  },
  'memo-overdue': async ({ act }) => {
    await act('stone-gem', 'kgk', open(1_000, 'kgk'), bill);
    const memo = { type: 'IssueMemo', memoNo: 'M-1', consignee: 'graff', dueOn: '2025-05-01' };
    const warranties = [{ version: 'WDC-2021', sowId: 'SOW-1' }];
    await act('stone-gem', 'kgk', { ...memo, warranties });
    await act('stone-gem', 'graff', { type: 'AcceptCustody' });
  },
  'set-heavier-than-article': async ({ act }) => {
    await act('jewellery-ring', 'graff', { ...ring, grossMg: 100 });
    await act('stone-gem', 'graff', open(1_000, 'graff'), bill);
    await act('stone-gem', 'graff', { type: 'SetStone', item: 'ring' });
  },
  'invoice-lines-differ': async (ledger) => {
    const { act } = ledger;
    await two(ledger);
    const price = { minor: 100_000, currency: 'USD' };
    const warranties = [{ version: 'WDC-2021', sowId: 'SOW-1' }];
    const invoice = { type: 'IssueInvoice', invoiceNo: 'I-7', market: 'trade', price, warranties };
    const line = (no: number) => ({ no, of: 2 });
    await act('stone-gem', 'kgk', { ...invoice, buyer: 'graff', line: line(1) });
    await act('stone-twin', 'kgk', { ...invoice, buyer: 'alrosa', line: line(2) });
  },
  'weight-discrepancy': async ({ act }) => {
    await act('stone-gem', 'kgk', open(1_000, 'kgk'), bill);
    await act('stone-gem', 'kgk', release('graff'));
    await act('stone-gem', 'graff', { type: 'AcceptCustody', weight: mct(900) });
  },
};

const annul = { type: 'AnnulEvent', reason: 'another flag' };
const proof = { documents: [{ type: 'note', sha256: 'a'.repeat(64) }] };
const close = { type: 'CloseFlag', outcome: 'explained', reason: 'looked into' };

/** A ledger in which the rule was raised, and how its one flag is now. */
async function raised(rule: FlagRule) {
  const ledger = await cast();
  await raisedBy[rule](ledger);
  return { ...ledger, flag, found, asked };

  /** The flags of the views kept up event by event, which must be those of what is in force. */
  async function found(by: FlagsAsked): Promise<readonly Flag[]> {
    const events = await ledger.events();
    const views = await keptUp([flags], events, today);
    const kept = await dump(views, [flags]);
    const anew = await dump(await foldAnew([flags], events, today), [flags]);
    expect(firstDifference(kept, anew)).toBeUndefined();
    return flagsBy(views, by, 100);
  }

  async function flag(): Promise<Flag> {
    const [only, ...more] = await found({ rule });
    if (!only || more.length > 0) throw new Error(`${rule} was not raised once`);
    return only;
  }

  /** As a question about another time finds it, by any of the things it concerns. */
  async function asked(question: Question) {
    const { streams } = await flag();
    const views = await replay([flags], await ledger.events(), today);
    const told = new Set<string>();
    for (const stream of streams) {
      const subjects = await concerned(views, stream);
      const reader = await viewsAt(ledger.store, foldedForFlags, subjects, question, today);
      const all = await flagsBy(reader, { stream, rule }, 100);
      told.add(all.map(({ state, closing }) => closing?.reason ?? state).join());
    }
    return [...told].join(' or ');
  }
}

describe.each(Object.keys(raisedBy) as FlagRule[])('a flag of %s', (rule) => {
  it('names its rule and events, and is found by all it concerns', async () => {
    const { flag, found, events } = await raised(rule);
    const { id, streams, subject, events: shown, finding, ...rest } = await flag();
    expect(rest).toMatchObject({ rule, state: 'open', closing: null });
    expect(finding).not.toBe('');
    expect(streams).toContain(subject);
    const all = await events();
    for (const { stream, revision, position, by, id: named } of shown) {
      const event = all.find((each) => String(each.position) === position);
      expect(event).toMatchObject({ stream, revision, meta: { id: named, by } });
      expect(streams).toContain(stream);
      expect((await found({ rule, party: by })).map((each) => each.id)).toEqual([id]);
    }
    for (const stream of streams) {
      expect((await found({ stream, state: 'open' })).map((each) => each.id)).toContain(id);
    }
    expect(await found({ rule, stream: 'stone-other' })).toEqual([]);
    expect(await found({ rule, party: 'reviewer' })).toEqual([]);
    expect(await found({ rule, state: 'closed' })).toEqual([]);
  });

  it('is closed with a reason, open again when that is annulled, and closed anew', async () => {
    const { act, refusal, flag, found, asked, store } = await raised(rule);
    const { id, streams, events, finding } = await flag();
    const stream = flagStream(id);
    const end = { ...close, streams };
    const ends = await store.end();
    expect(await refusal(stream, events[0]?.by ?? '', end)).toMatch(/^(?:role-needed|own-flag)$/);
    await act(stream, 'reviewer', end, { on: '2025-07-01' });
    const { by, outcome, reason } = { by: 'reviewer', ...close };
    const closing = { rule, by, outcome, reason, at: { time: '2025-07-01', precision: 'day' } };
    expect(await flag()).toMatchObject({ id, state: 'closed', events, finding, closing });
    expect(await found({ rule, state: 'open' })).toEqual([]);
    expect(await refusal(stream, 'reviewer', end, { on: '2025-07-02' })).toBe('flag-closed');
    expect(await asked({ knownAt: { position: ends } })).toBe('open');
    expect(await asked({ validAt: '2025-06-30' })).toBe('open');
    expect(await asked({ validAt: '2025-07-01' })).toBe('looked into');
    const closed = await store.end();

    await act(stream, 'reviewer', { ...annul, target: 0 }, proof);
    expect(await flag()).toMatchObject({ id, state: 'open', events, finding, closing: null });
    expect(await found({ rule, state: 'closed' })).toEqual([]);
    expect(await asked({ knownAt: { position: closed } })).toBe('looked into');
    expect(await asked({ validAt: '2025-07-01' })).toBe('open');

    const again = { ...end, outcome: 'confirmed', reason: 'it is so' };
    await act(stream, 'registry', again, { on: '2025-08-01' });
    const anew = { by: 'registry', outcome: 'confirmed', reason: 'it is so' };
    expect(await flag()).toMatchObject({ id, state: 'closed', closing: anew });
    expect(await asked({ validAt: '2025-07-31' })).toBe('open');
  });
});

it('an auditor takes back what it said of a flag, and nothing else', async () => {
  const { act, refusal, flag } = await raised('source-not-in-ledger');
  const { id, streams } = await flag();
  const stream = flagStream(id);
  const back = { ...annul, target: 0 };
  await act(stream, 'registry', { ...close, streams });
  expect(await refusal(stream, 'reviewer', back, proof)).toBe('not-your-act');
  expect(await refusal('stone-gem', 'reviewer', back, proof)).toBe('auditor-only');
  await act(stream, 'registry', back, proof);
  await act(stream, 'reviewer', { ...close, streams });
  const changes = [{ field: 'data.reason', to: 'bought with papers' }];
  const correct = { type: 'CorrectRecord', target: 2, changes, reason: 'misspelt' };
  await act(stream, 'reviewer', correct, proof);
  expect((await flag()).closing).toMatchObject({ by: 'reviewer', reason: 'bought with papers' });
});
