import { describe, expect, it } from '@jest/globals';
import type { Paper } from '#events/evidence';
import { parcelStream, stoneStream } from '#events/streams';
import { mineOrigin } from '#libs/origin/origin';
import { evaluate } from '#libs/rulebook/evaluate';
import { replay } from '#libs/views/replay';
import { factsOf } from '#projections/way/facts';
import { sanctions, sanctionsOf } from '#projections/sanctions';
import { ledgerOf } from '#test/support/recorded';
import { weighing } from '#test/support/stone-story';

const gem = stoneStream('gem');
const document = { type: 'paper', sha256: 'a'.repeat(64) };

/** A polished stone of 1.2 ct from Botswana, or as said. */
function story(country = 'BW') {
  const { events, record } = ledgerOf();
  record(gem, {
    type: 'HistoryOpened',
    data: {
      form: 'polished',
      weight: weighing(1_200),
      origin: mineOrigin(country, 'a-mine', 'segregated'),
      basis: 'bought',
    },
  });
  let papers = 0;
  return { record, attach, revoke, judged, facts };

  function attach(paper: Paper, valid: { validFrom?: string; validTo?: string } = {}) {
    papers += 1;
    const evidenceNo = `EV-${papers}`;
    record(gem, { type: 'EvidenceAttached', data: { evidenceNo, paper, document, ...valid } });
  }

  function revoke(evidenceNo: string, ground: 'withdrawn' | 'invalid', from: string) {
    const data = { evidenceNo, ground, from, reason: 'doubt' };
    record(gem, { type: 'EvidenceRevoked', data });
  }

  async function facts(jurisdiction = 'EU') {
    const found = await sanctionsOf(await replay([sanctions], events, '2026-11-01'), gem);
    if (!found) throw new Error('no facts');
    return factsOf(found.way, jurisdiction);
  }

  async function judged(jurisdiction: string, on: string) {
    return evaluate(await facts(jurisdiction), jurisdiction, on, 'import').outcome;
  }
}

const cut: Paper = {
  kind: 'processing-record',
  country: 'IN',
  operation: 'polished',
  on: '2023-02-01',
};
const declaration: Paper = { kind: 'supplier-declaration', supplier: 'KGK' };

/** Rough of Russia that was in India before any ban, where a paper has it cut. */
function cutInIndia() {
  const told = story('RU');
  told.attach(cut);
  told.record(
    gem,
    { type: 'CustodyAccepted', data: { from: 'a', to: 'b' } },
    { place: { country: 'IN' }, on: '2023-05-01' },
  );
  return told;
}

describe('evidence', () => {
  it('moves a verdict when it comes, when it ends and when it is revoked', async () => {
    const { record, attach, judged, revoke } = story();
    attach(cut);
    record(
      gem,
      { type: 'CustodyAccepted', data: { from: 'a', to: 'b' } },
      { place: { country: 'IN' } },
    );
    expect(await judged('EU', '2025-06-01')).toBe('REQUIRES_EVIDENCE');
    attach(declaration, { validFrom: '2025-01-01', validTo: '2025-12-31' });
    expect(await judged('EU', '2024-12-31')).toBe('REQUIRES_EVIDENCE');
    expect(await judged('EU', '2025-01-01')).toBe('CLEAR');
    expect(await judged('EU', '2025-06-01')).toBe('CLEAR');
    revoke('EV-2', 'withdrawn', '2025-06-01');
    expect(await judged('EU', '2025-05-31')).toBe('CLEAR');
    expect(await judged('EU', '2025-06-01')).toBe('REQUIRES_EVIDENCE');
  });

  it('that was found invalid never counted', async () => {
    const { attach, facts, revoke } = story();
    attach(declaration);
    revoke('EV-1', 'invalid', '2025-06-01');
    expect((await facts()).evidence).toEqual([]);
  });

  it('tells where and by what goods were last processed, unless two papers differ', async () => {
    const { attach, facts } = story();
    expect((await facts()).processing).toEqual({ state: 'unknown' });
    attach({ ...cut, country: 'BE', on: '2022-01-01' });
    attach(cut);
    const processed = { state: 'processed', in: 'IN', operation: 'polished' };
    expect((await facts()).processing).toEqual(processed);
    attach({ ...cut, country: 'RU' });
    expect((await facts()).processing).toEqual({ state: 'unknown' });
  });

  it('of a stay says where goods were since when, for each territory in its own way', async () => {
    const { attach, facts } = story('RU');
    attach({ kind: 'location-proof', country: 'BE', from: '2023-05-01' });
    const stay = '2023-05-01';
    expect(await facts('EU')).toMatchObject({ inEuOn: stay, inThirdCountrySince: null });
    expect(await facts('CH')).toMatchObject({ inEuOn: stay, inThirdCountrySince: stay });
    expect(await facts('US')).toMatchObject({ leftRussiaOn: stay, inThirdCountrySince: stay });
  });

  it('lifts a ban where the law lets it: outside Russia before the ban, and proved', async () => {
    const { attach, judged } = cutInIndia();
    expect(await judged('US', '2025-01-01')).toBe('REQUIRES_EVIDENCE');
    attach({ kind: 'us-licence-statement', licence: 'GL104' });
    expect(await judged('US', '2025-01-01')).toBe('EXEMPT');
    expect(await judged('US', '2026-09-01')).toBe('UNDETERMINED');
    expect(await judged('EU', '2025-01-01')).toBe('REQUIRES_EVIDENCE');
    attach({ kind: 'location-proof', country: 'IN', from: '2023-05-01' });
    expect(await judged('EU', '2025-01-01')).toBe('EXEMPT');
  });

  it('of a stay lifts a ban only by the days it proves itself, and none in Russia does', async () => {
    const { attach, judged } = cutInIndia();
    attach({ kind: 'location-proof', country: 'AE', from: '2024-10-01' });
    expect(await judged('EU', '2025-01-01')).toBe('REQUIRES_EVIDENCE');
    attach({ kind: 'location-proof', country: 'IN', from: '2024-02-01' });
    expect(await judged('EU', '2025-01-01')).toBe('EXEMPT');
    attach({ kind: 'location-proof', country: 'RU', from: '2024-03-01', to: '2024-03-05' });
    expect(await judged('EU', '2025-01-01')).toBe('PROHIBITED');
  });

  it('that has goods in Russia is a transit, and worked on there a part of their making', async () => {
    const { attach, facts } = story('BW');
    attach(cut);
    expect(await facts()).toMatchObject({ transited: [], workedIn: [] });
    attach({ kind: 'location-proof', country: 'RU', from: '2024-03-01', to: '2024-03-05' });
    attach({ ...cut, country: 'RU', on: '2022-01-01' });
    expect(await facts()).toMatchObject({
      transited: ['RU'],
      workedIn: ['RU'],
      processing: { in: 'IN' },
      evidence: [],
    });
  });

  it('by a Kimberley certificate names the mining country only if it names every possible one', async () => {
    const { record, attach, facts } = story();
    const kind = 'kimberley-certificate';
    attach({ kind, number: 'BW1', origin: { kind: 'single', country: 'BW' } });
    attach({ kind, number: 'BW2', origin: { kind: 'mixed-undisclosed' } });
    expect((await facts()).evidence.map((each) => each.kind)).toEqual([
      'kimberley-single',
      'kimberley-mixed',
    ]);
    const origin = mineOrigin('CA', 'ca-diavik', 'segregated');
    record(gem, { type: 'OriginDeclared', data: { origin, purpose: 'g7' } });
    attach({ kind, number: 'BW3', origin: { kind: 'mixed-listed', countries: ['BW', 'CA'] } });
    expect((await facts()).evidence.map((each) => each.kind)).toEqual([
      'kimberley-unstated',
      'kimberley-mixed',
      'kimberley-listed',
    ]);
  });

  it('that is an invalid Kimberley certificate leaves the goods without one', async () => {
    const { attach, facts, revoke } = story();
    const kind = 'kimberley-certificate';
    attach({ kind, number: 'BW1', origin: { kind: 'single', country: 'BW' } });
    revoke('EV-1', 'invalid', '2025-06-01');
    expect((await facts()).kimberleyRefused).toBe(true);
    attach({ kind, number: 'BW2', origin: { kind: 'single', country: 'BW' } });
    expect((await facts()).kimberleyRefused).toBe(false);
  });

  it('does not speak for what goods are mixed with', async () => {
    const lot = parcelStream('lot');
    const { events, record } = ledgerOf();
    const at = { time: '2024', precision: 'year' } as const;
    record(lot, {
      type: 'ProductionLotRecovered',
      data: { mineId: 'bw-jwaneng', from: at, to: at, content: { weight: weighing(9_000) } },
    });
    record(lot, {
      type: 'EvidenceAttached',
      data: { evidenceNo: 'EV-1', paper: declaration, document },
    });
    record(lot, {
      type: 'MixReceived',
      data: {
        from: { stream: parcelStream('other'), revision: 3 },
        cause: '00000000-0000-7000-8000-000000000002',
        content: { weight: weighing(9_000) },
        custodian: 'alrosa',
        owner: null,
        origin: mineOrigin('BW', 'bw-jwaneng', 'segregated'),
      },
    });
    const found = await sanctionsOf(await replay([sanctions], events, '2026-01-01'), lot);
    expect(found?.facts.evidence).toEqual([]);
  });
});
