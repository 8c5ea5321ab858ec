import type { CertificateLine } from '#events/certificate';
import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { ShippedGoods } from '#events/shipment';
import { certificateId, certificateStream } from '#events/streams';
import { countryOfMine } from '#libs/trade/recovery';
import type { Projection, Table, ViewWriter } from '#libs/views/views';
import { forgetRows } from '#projections/forget';
import { periodOf, periodOfDay } from '#projections/statistics/period';
import type { Figure, Flow } from '#projections/statistics/totals';
import { replace, takeBack, totalTables } from '#projections/statistics/totals';

/** Goods as they were recovered, until they are divided: only then is a value that of the whole. */
type Recovery = Readonly<{ stream: string; country: string; period: string; is_whole: number }>;

const recoveries: Table<Recovery> = {
  name: 'statistics_recovered',
  columns: { stream: 'text', country: 'text', period: 'text', is_whole: 'integer' },
  key: ['stream'],
};

/** What a certificate says, and the shipment that left under it, from when on. */
type Paper = Readonly<{
  stream: string;
  exporting: string;
  importing: string;
  lines: readonly CertificateLine[];
  shipment: string | null;
  left: string | null;
}>;

const papers: Table<Paper> = {
  name: 'statistics_papers',
  columns: {
    stream: 'text',
    exporting: 'text',
    importing: 'text',
    lines: 'json',
    shipment: 'text?',
    left: 'text?',
  },
  key: ['stream'],
};

type Journey = Readonly<{
  stream: string;
  from: string;
  to: string;
  goods: readonly ShippedGoods[];
  certificate: string | null;
}>;

const journeys: Table<Journey> = {
  name: 'statistics_journeys',
  columns: { stream: 'text', from: 'text', to: 'text', goods: 'json', certificate: 'text?' },
  key: ['stream'],
};

const divisions = [
  'ParcelSorted',
  'ParcelSplit',
  'ParcelMixed',
  'MixReceived',
  'StoneSingledOut',
  'LaboratoryGrownDetected',
  'ManufacturingStarted',
] as const;

/**
 * What a Kimberley authority files (Core Document, Annex III: production, imports and exports by
 * carats, value, heading and partner, and certificates issued and received; RECALLED, its existence and
 * purpose READ worlddiamondcouncil.org digging-down-into-the-kimberley-process), and beside it trade in
 * other headings. Production is unsorted rough, 7102.10, at the country of the mine; its value is the
 * first valuation of the undivided goods. Rough between participants counts by its certificate: as an
 * export when it left, as an import when the importing authority confirmed it. Other goods count by
 * what was packed, and have no value here.
 */
export const statistics: Projection = {
  name: 'statistics',
  version: 2,
  tables: [...totalTables, recoveries, papers, journeys],
  handles: [
    'RoughDiamondRecovered',
    'ProductionLotRecovered',
    'RoughValued',
    ...divisions,
    'KpCertificateIssued',
    'KpCertificateAmended',
    'KpCertificateVoided',
    'KpCertificateReplaced',
    'ImportConfirmedToExporter',
    'ShipmentCreated',
    'GoodsLeftOut',
    'ShipmentDispatched',
    'ShipmentArrived',
  ],
  project,
  forget,
};

type Of<T> = Extract<Recorded<LedgerEvent>, { type: T }>;

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const { stream } = event;
  switch (event.type) {
    case 'RoughDiamondRecovered':
    case 'ProductionLotRecovered':
      return recovered(event, views);
    case 'RoughValued':
      return valued(event, views);
    case 'KpCertificateIssued':
    case 'KpCertificateAmended':
      return printed(event, views);
    case 'KpCertificateVoided':
    case 'KpCertificateReplaced': {
      const end = event.type === 'KpCertificateVoided' ? 'voided' : 'replaced';
      const paper = await printedOn(stream, views);
      const on = periodOf(event.meta.at);
      return replace(views, stream, end, paper ? counted(paper, on, end) : []);
    }
    case 'ImportConfirmedToExporter': {
      const paper = await printedOn(stream, views);
      const on = periodOfDay(event.data.receivedOn);
      return replace(views, stream, 'confirmed', paper ? ofPaper(paper, on, 'import') : []);
    }
    case 'ShipmentCreated': {
      const { from, to, goods } = event.data;
      return views.put(journeys, { stream, from, to, goods, certificate: null });
    }
    case 'GoodsLeftOut': {
      const row = await views.get(journeys, { stream });
      const goods = row?.goods.filter((each) => each.stream !== event.data.goods);
      return row && goods && views.put(journeys, { ...row, goods });
    }
    case 'ShipmentDispatched':
      return left(event, views);
    case 'ShipmentArrived': {
      const row = await views.get(journeys, { stream });
      if (!row) return;
      return replace(views, stream, 'arrived', ofGoods(row, periodOf(event.meta.at), 'import'));
    }
    default: {
      const row = await views.get(recoveries, { stream });
      if (row?.is_whole === 1) views.put(recoveries, { ...row, is_whole: 0 });
    }
  }
}

async function recovered(
  event: Of<'RoughDiamondRecovered' | 'ProductionLotRecovered'>,
  views: ViewWriter,
): Promise<void> {
  const { stream, data } = event;
  const isLot = 'content' in data;
  const { weight } = isLot ? data.content : data;
  const country = countryOfMine(data) ?? '';
  const period = periodOf(isLot ? data.to : event.meta.at);
  views.put(recoveries, { stream, country, period, is_whole: 1 });
  await replace(views, stream, 'recovered', [production(country, period, 'mct', weight.mct)]);
}

/** Later valuations are of the trade. */
async function valued(event: Of<'RoughValued'>, views: ViewWriter): Promise<void> {
  const row = await views.get(recoveries, { stream: event.stream });
  if (row?.is_whole !== 1) return;
  const { currency, minor } = event.data.value;
  views.put(recoveries, { ...row, is_whole: 0 });
  const figure = production(row.country, row.period, currency, minor);
  await replace(views, event.stream, 'valued', [figure]);
}

function production(country: string, period: string, unit: string, amount: number): Figure {
  return { country, period, flow: 'production', hs: '710210', partner: '', unit, amount };
}

async function printed(
  event: Of<'KpCertificateIssued' | 'KpCertificateAmended'>,
  views: ViewWriter,
): Promise<void> {
  const { stream } = event;
  const { exportingCountry: exporting, importingCountry: importing, lines, issuedOn } = event.data;
  const before = await views.get(papers, { stream });
  const paper = { ...blank, ...before, stream, exporting, importing, lines };
  views.put(papers, paper);
  await replace(views, stream, 'issued', counted(paper, periodOfDay(issuedOn), 'issued'));
  await under(paper, views);
}

/** `undefined` for a certificate of which only a shipment told. */
async function printedOn(stream: string, views: ViewWriter): Promise<Paper | undefined> {
  const paper = await views.get(papers, { stream });
  return paper?.exporting === '' ? undefined : paper;
}

const blank = { exporting: '', importing: '', lines: [], shipment: null, left: null } as const;

async function left(event: Of<'ShipmentDispatched'>, views: ViewWriter): Promise<void> {
  const { stream } = event;
  const { border } = event.data;
  const row = await views.get(journeys, { stream });
  if (!row) return;
  const period = periodOf(event.meta.at);
  if (border.need === 'none') {
    return replace(views, stream, 'left', ofGoods(row, period, 'export'));
  }
  const paperStream = certificateStream(certificateId(border.number));
  views.put(journeys, { ...row, certificate: paperStream });
  const before = await views.get(papers, { stream: paperStream });
  const paper = { ...blank, ...before, stream: paperStream, shipment: stream, left: period };
  views.put(papers, paper);
  await under(paper, views);
}

/** What left under a certificate, by what stands on it now; other goods of the shipment beside it. */
async function under(paper: Paper, views: ViewWriter): Promise<void> {
  if (paper.shipment === null || paper.left === null) return;
  const row = await views.get(journeys, { stream: paper.shipment });
  const others = row ? ofGoods(row, paper.left, 'export') : [];
  const rough = paper.lines.length === 0 ? [] : ofPaper(paper, paper.left, 'export');
  await replace(views, paper.shipment, 'left', [...rough, ...others]);
}

type Way = Readonly<{ country: string; partner: string; period: string; flow: Flow }>;

function wayOf(from: string, to: string, period: string, flow: Flow): Way {
  return flow === 'import'
    ? { country: to, partner: from, period, flow }
    : { country: from, partner: to, period, flow };
}

function ofPaper(paper: Paper, period: string, flow: 'import' | 'export'): readonly Figure[] {
  const way = wayOf(paper.exporting, paper.importing, period, flow);
  const lines = paper.lines.flatMap(({ hs, mct, value }) => [
    { ...way, hs, unit: 'mct', amount: mct },
    { ...way, hs, unit: value.currency, amount: value.minor },
  ]);
  return [...lines, ...counted(paper, period, flow)];
}

function counted({ exporting, importing }: Paper, period: string, flow: Flow): readonly Figure[] {
  const way = wayOf(exporting, importing, period, flow);
  return [{ ...way, hs: '', unit: 'certificates', amount: 1 }];
}

/** Goods that no certificate counts; inside a country nothing is exported. */
function ofGoods(row: Journey, period: string, flow: 'import' | 'export'): readonly Figure[] {
  if (row.from === row.to) return [];
  const way = wayOf(row.from, row.to, period, flow);
  const loose = row.goods.filter(({ hs }) => row.certificate === null || !roughHs.has(hs));
  const byHs = new Map<string, number>();
  for (const { hs, mct } of loose) byHs.set(hs, (byHs.get(hs) ?? 0) + mct);
  return [...byHs].map(([hs, amount]) => ({ ...way, hs, unit: 'mct', amount }));
}

const roughHs: ReadonlySet<string> = new Set(['710210', '710221', '710231']);

/** The certificate and its shipment know of one another: what is left of each stays. */
async function forget(stream: string, views: ViewWriter): Promise<void> {
  await takeBack(views, stream);
  await forgetRows(views, recoveries, { stream });
  const row = await views.get(journeys, { stream });
  views.delete(journeys, { stream });
  const paper = await views.get(papers, { stream });
  if (paper) {
    const { shipment, left: when } = paper;
    const unprinted = { ...blank, stream, shipment, left: when };
    if (shipment === null) views.delete(papers, { stream });
    else {
      views.put(papers, unprinted);
      await under(unprinted, views);
    }
  }
  const used = row?.certificate ? await views.get(papers, { stream: row.certificate }) : undefined;
  if (!used || used.shipment !== stream) return;
  if (used.exporting === '') views.delete(papers, { stream: used.stream });
  else views.put(papers, { ...used, shipment: null, left: null });
}
