import { describe, expect, it } from '@jest/globals';
import { isCorrection } from '#libs/decider/effective';
import { mineById } from '#libs/reference/mines';
import { examineInvariants } from '#libs/laws/invariants';
import { StoreUnavailable } from '#libs/store/errors';
import { memoryStore } from '#libs/store/memory';
import type { EventStore, RecordedEvent } from '#libs/store/store';
import { generate } from '#apps/cli/generate/generate';
import { countryOf, mines, pickMine } from '#apps/cli/generate/mine';
import { secondsOf } from '#apps/cli/generate/moment';
import { pipeline } from '#apps/cli/generate/pipeline';
import { randomOf } from '#apps/cli/generate/random';
import { scriptOf } from '#apps/cli/generate/script';

const ledger = 'test.example/log';

describe('generate', () => {
  it('gives the same bytes in the same order for the same seed', async () => {
    const [one, other] = [await generated(12, 'dawn'), await generated(12, 'dawn')];
    expect(one.length).toBeGreaterThan(300);
    expect(one.map(({ leaf }) => leaf)).toEqual(other.map(({ leaf }) => leaf));
  });

  it('gives other goods and ids for another seed or number of stones', async () => {
    const ids = new Set((await generated(12, 'dawn')).map(({ meta }) => meta.id));
    const others = [...(await generated(12, 'dusk')), ...(await generated(13, 'dawn'))];
    expect(others.filter(({ meta }) => ids.has(meta.id))).toEqual([]);
  });

  it('lets several pipelines into one ledger', async () => {
    const store = memoryStore({ ledger });
    const first = await generate({ store }, { stones: 5, seed: 1 });
    const second = await generate({ store }, { stones: 5, seed: 2 });
    expect(await store.end()).toBe(BigInt(first.events + second.events));
  });

  it('tells what it appended', async () => {
    const store = memoryStore({ ledger });
    const told = await generate({ store }, { stones: 10, seed: 'count' });
    const streams = new Set((await allEvents(store)).map(({ stream }) => stream));
    const opened = (category: string) =>
      [...streams].filter((stream) => stream.startsWith(`${category}-`)).length;
    expect(told).toMatchObject({
      events: Number(await store.end()),
      stones: opened('stone'),
      parcels: opened('parcel'),
    });
  });

  it('completes what an interrupted run began', async () => {
    const store = memoryStore({ ledger });
    let left = 400;
    const append: EventStore['append'] = (...args) => {
      left -= 1;
      if (left >= 0) return store.append(...args);
      return Promise.reject(new StoreUnavailable('full', 'the disk is full'));
    };
    const options = { stones: 20, seed: 'halt' };
    const begun = generate({ store: { ...store, append } }, options);
    await expect(begun).rejects.toThrow('the disk is full');
    const halted = await store.end();
    expect(halted).toBeGreaterThan(400n);
    await generate({ store }, options);
    const whole = await generated(20, 'halt');
    expect((await allEvents(store)).map(({ leaf }) => leaf)).toEqual(whole.map(({ leaf }) => leaf));
  });

  it('makes about 44 events a stone, of about 620 bytes, from 2019 to 2026', async () => {
    const events = await generated(300, 'proportions');
    const trade = events.filter(({ type }) => type !== 'PartyRegistered');
    const bytes = events.reduce((sum, { leaf }) => sum + Buffer.byteLength(leaf), 0);
    const days = trade.map(({ recordedAt }) => recordedAt.slice(0, 10));
    expect(Math.abs(trade.length / 300 - 44)).toBeLessThan(4);
    expect(Math.abs(bytes / events.length - 620)).toBeLessThan(60);
    expect([days[0]?.slice(0, 4), days.at(-1)?.slice(0, 4)]).toEqual(['2019', '2026']);
    expect(days).toEqual(days.toSorted());
  });

  it('has every kind of turn, nothing refused by another stream, and every invariant holds', async () => {
    const store = memoryStore({ ledger });
    await generate({ store }, { stones: 500, seed: 'd' });
    const events = await allEvents(store);
    const met = new Set(events.map(({ type }) => type));
    const wanted: readonly RecordedEvent['type'][] = [
      'RecordCorrected',
      'EventAnnulled',
      'EvidenceAttached',
      'OriginEvidenceAttached',
      'StateControlPassed',
      'RoughValued',
      'MemoConvertedToSale',
      'MemoReturned',
      'PledgeRegistered',
      'HoldReleased',
      'LossReported',
      'TheftReported',
      'Recovered',
      'Seized',
      'OriginContested',
      'OriginContestResolved',
      'ParcelMixed',
      'MixReceived',
      'ParcelSplit',
      'CustodyRefused',
      'ItemBrokenUp',
      'ReturnedByCustomer',
      'LaboratoryGrownDetected',
      'ParcelScreened',
      'KpCertificateIssued',
      'ImportConfirmedToExporter',
      'ShipmentDispatched',
      'CertificateAttached',
      'GradingReportIssued',
      'StoneMatchedToReport',
      'ReportOpened',
      'JewelleryItemMade',
      'StoneSet',
      'MeleeSet',
      'HallmarkApplied',
      'RetailSold',
      'InvoiceIssued',
      'TitleShareTransferred',
      'TitleContestResolved',
      'PacketSealVerified',
      'PacketUnsealed',
      'MemoExtended',
      'MemoExpired',
      'OfferWithdrawn',
      'StoneRecut',
      'StoneRepolished',
      'ReportInHouse',
      'GradingReportSuperseded',
      'TreatmentDisclosed',
      'LaserInscriptionVerified',
      'EvidenceRevoked',
      'ExportDeclared',
      'CustomsReleased',
      'TransitRecorded',
      'CertificateForgeryConfirmed',
    ];
    expect(wanted.filter((type) => !met.has(type))).toEqual([]);
    const refusals: readonly RecordedEvent['type'][] = [
      'PackingRefused',
      'CertificateDetached',
      'SettingReturned',
      'MixReturned',
      'GoodsLeftOut',
    ];
    expect(refusals.filter((type) => met.has(type))).toEqual([]);
    const reached = events.some(({ type, data }) => type === 'RecordCorrected' && data.reached > 0);
    expect(reached).toBe(true);
    const { broken, count, unfinished } = await examineInvariants(store);
    expect({ broken, count, unfinished }).toEqual({ broken: [], count: 0, unfinished: 0 });
  });

  it('corrects or annuls 3 of 100 events, each once, and never what was not so noted', async () => {
    const events = await generated(300, 'proportions');
    const stated = events
      .filter(isCorrection)
      .filter(({ type, data }) => type === 'EventAnnulled' || data.cause === undefined);
    const targets = stated.map(({ data }) => data.target.id);
    expect(Math.abs(stated.length / events.length - 0.03)).toBeLessThan(0.004);
    expect(new Set(targets).size).toBe(targets.length);
    expect(stated.every(({ meta }) => meta.documents?.[0]?.sha256 !== undefined)).toBe(true);
  });

  it('offers the state first what Russian mines give of 50 ct and more', async () => {
    const events = await generated(400, 'large 10');
    const heavy = events.filter(
      ({ type, data }) => type === 'RoughDiamondRecovered' && data.weight.mct >= 50_000,
    );
    expect(heavy.map(({ meta }) => meta.place?.country)).toEqual(['RU']);
    const met = events.filter(({ stream }) => stream === heavy[0]?.stream).map(({ type }) => type);
    expect(met).toEqual(
      expect.arrayContaining(['UniqueStoneDesignated', 'StateOfferMade', 'StateOfferDeclined']),
    );
  });

  it('gives no number twice, in however many consignments', () => {
    const serialsOf = (n: number) => {
      const { serial } = scriptOf(randomOf('serials'), n);
      return Array.from({ length: 500 }, serial);
    };
    const all = [1, 2, 3, 1_000_000].flatMap(serialsOf);
    expect(new Set(all).size).toBe(all.length);
  });

  it('sells seven tenths of rough under contract and yields half its weight', async () => {
    const events = await generated(300, 'proportions');
    const channels = [...pipeline({ stones: 2000, seed: 'shares' })].flatMap(
      ({ command: asked }) => {
        const { command, category } = asked;
        const isSale = category === 'parcel' && command.type === 'OfferForSale';
        return isSale && command.meta.by.includes('-producer-') ? [command.channel] : [];
      },
    );
    const contracts = channels.filter((channel) => channel === 'long-term-contract');
    const cut = events.flatMap((event) =>
      event.type === 'PolishedDiamondProduced' ? [event.data.weight.mct] : [],
    );
    const lost = events.flatMap((event) =>
      event.type === 'ManufacturingLossRecorded' && event.stream.startsWith('stone-')
        ? [event.data.weight.mct]
        : [],
    );
    expect(contracts.length / channels.length).toBeCloseTo(0.7, 1);
    expect(sumOf(cut) / (sumOf(cut) + sumOf(lost))).toBeCloseTo(0.48, 1);
  });

  it('mines only where there are mines, in over 20 of them', () => {
    const wrong = mines.filter((mine) => mineById(mine.id)?.country !== countryOf(mine));
    const random = randomOf('mines');
    const [from, to] = [secondsOf('2024-03-01'), secondsOf('2024-06-01')];
    const worked = new Set(Array.from({ length: 2000 }, () => pickMine(random, from, to).id));
    expect(wrong).toEqual([]);
    expect(worked.size).toBeGreaterThan(20);
    expect(worked).toContain('ao-luele');
    expect(worked).not.toContain('au-argyle');
  });

  it.each([0, -1, 1.5, NaN, Infinity, 10_000_001])('refuses %p stones', async (stones) => {
    const store = memoryStore({ ledger });
    await expect(generate({ store }, { stones, seed: 1 })).rejects.toThrow(RangeError);
    expect(await store.end()).toBe(0n);
  });
});

async function generated(stones: number, seed: string): Promise<readonly RecordedEvent[]> {
  const store = memoryStore({ ledger });
  await generate({ store }, { stones, seed });
  return allEvents(store);
}

async function allEvents(store: EventStore): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of store.readAll(0n)) events.push(...batch);
  return events;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
