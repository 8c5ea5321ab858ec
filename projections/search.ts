import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { parseStream } from '#events/streams';
import { tradeEventTypes } from '#libs/trade/kinds';
import { goodsEventTypes } from '#projections/history/line-goods';
import { itemEventTypes } from '#projections/history/line-jewellery';
import { paperEventTypes } from '#projections/history/line-papers';
import { forgetSubject } from '#projections/forget';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';

/** What an identifier is. `document` covers every numbered paper, Kimberley certificates too. */
export type IdentifierKind =
  | 'id'
  | 'name'
  | 'lot'
  | 'invoice'
  | 'seal'
  | 'order'
  | 'plan'
  | 'report'
  | 'inscription'
  | 'scan'
  | 'memo'
  | 'certificate'
  | 'uin'
  | 'receipt'
  | 'waybill'
  | 'declaration'
  | 'gln'
  | 'correlation'
  | 'document';

/** `text` is the form that is compared, `shown` the one that was written. */
export type Identifier = Readonly<{
  text: string;
  kind: IdentifierKind;
  subject: string;
  shown: string;
}>;

export type Hit = Readonly<{
  subject: string;
  kind: IdentifierKind;
  shown: string;
  /** The whole identifier was given, not only its beginning. */
  exact: boolean;
}>;

const identifiers: Table<Identifier> = {
  name: 'identifiers',
  columns: { text: 'text', kind: 'text', subject: 'text', shown: 'text' },
  key: ['text', 'kind', 'subject'],
  indexes: [['subject']],
  appendOnly: true,
};

/**
 * Texts of what was annulled, and of corrections, which may be struck out in their turn: whoever asks
 * about a time at which one stood finds by it whom to ask about.
 */
const struckOut: Table<Readonly<{ text: string; subject: string }>> = {
  name: 'identifiers_struck',
  columns: { text: 'text', subject: 'text' },
  key: ['text', 'subject'],
  indexes: [['subject']],
  appendOnly: true,
};

/** Every identifier that a stone, parcel or party ever bore. */
export const search: Projection = {
  name: 'search',
  version: 5,
  tables: [identifiers, struckOut],
  handles: [
    'PartyRegistered',
    'RoughDiamondRecovered',
    'HistoryOpened',
    'StoneOpened',
    'StoneNamed',
    'OriginDeclared',
    'RoughScanned',
    'RoughScanMatched',
    'ManufacturingStarted',
    'CuttingPlanApproved',
    'RoughSawn',
    'RoughCleaved',
    'PolishedDiamondProduced',
    'ManufacturingLossRecorded',
    'ManufacturingClosed',
    'GradingReportIssued',
    'StoneMatchedToReport',
    'LaserInscriptionApplied',
    ...tradeEventTypes,
    ...goodsEventTypes,
    ...paperEventTypes,
    ...itemEventTypes,
    'ProductionLotRecovered',
    'ParcelOpened',
    'ParcelSorted',
    'ParcelSplit',
    'ParcelMixed',
    'MixReceived',
    'StoneSingledOut',
    'RecordCorrected',
  ],
  project,
  forget: forgetSubject(identifiers, struckOut),
  projectAnnulled: (event, views) =>
    tellIdentifiers(event, ({ text, subject }) => views.put(struckOut, { text, subject })),
};

/** Events with which goods or a party come into being; a refused mix leaves a stream without. */
const openings: ReadonlySet<LedgerEvent['type']> = new Set([
  'PartyRegistered',
  'RoughDiamondRecovered',
  'HistoryOpened',
  'StoneOpened',
  'ParcelHistoryOpened',
  'ProductionLotRecovered',
  'ParcelOpened',
  'MixReceived',
  'ShipmentCreated',
  'JewelleryItemMade',
]);

function project(event: Recorded<LedgerEvent>, views: ViewWriter): void {
  const { stream: subject } = event;
  if (event.type !== 'RecordCorrected') {
    return tellIdentifiers(event, (borne) => views.put(identifiers, borne));
  }
  for (const value of event.data.changes.flatMap(({ from, to }) => [from, to].flat())) {
    const text = typeof value === 'string' ? compared(value) : '';
    if (text !== '') views.put(struckOut, { text, subject });
  }
}

/** What the event says its subject bears. */
function tellIdentifiers(event: Recorded<LedgerEvent>, tell: (borne: Identifier) => void): void {
  const { stream: subject } = event;
  if (openings.has(event.type)) note('id', parseStream(subject)?.id);
  note('correlation', event.meta.correlationId);
  const invoiceNo = 'invoiceNo' in event.data ? event.data.invoiceNo : undefined;
  for (const { number } of event.meta.documents ?? []) {
    if (number !== invoiceNo) note('document', number);
  }
  switch (event.type) {
    case 'PartyRegistered':
      note('name', event.data.name);
      note('gln', event.data.gln);
      for (const alias of event.data.aliases ?? []) note('name', alias);
      return;
    case 'StoneNamed':
      return note('name', event.data.name);
    case 'StoneOpened':
      note('order', event.data.orderNo);
      return note('name', event.data.name);
    case 'RoughScanned':
    case 'RoughScanMatched':
      return note('scan', event.data.scanId);
    case 'ManufacturingStarted':
      return note('order', event.data.orderNo);
    case 'CuttingPlanApproved':
      return note('plan', event.data.planNo);
    case 'GradingReportIssued':
    case 'StoneMatchedToReport':
      return note('report', event.data.reportNo);
    case 'KpCertificateIssued':
    case 'CertificateForgerySuspected':
    case 'CertificateAttached':
      return note('certificate', event.data.number);
    case 'KpCertificateValidated':
    case 'ContainerSealed':
      return note('seal', event.data.sealNo);
    case 'ShipmentDispatched':
      return note('waybill', event.data.waybill);
    case 'ExportDeclared':
    case 'ImportDeclared':
      return note('declaration', event.data.mrn);
    case 'ReportOpened':
    case 'ReportQuoted':
    case 'ReportCompared':
      note('id', parseStream(subject)?.id);
      return note('report', event.data.reportNo);
    case 'HallmarkApplied':
      return note('uin', event.data.uin);
    case 'RetailSold':
      return note('receipt', event.data.receiptNo);
    case 'LaserInscriptionApplied':
      return note('inscription', event.data.text);
    case 'CustodyReleased':
      return note('seal', event.data.sealNo);
    case 'PacketSealed':
      return note('seal', event.data.sealNo);
    case 'PacketSealBreachFound':
      return note('seal', event.data.foundNo);
    case 'MemoIssued':
      note('document', event.data.filingRef);
      return note('memo', event.data.memoNo);
    case 'PledgeRegistered':
      note('document', event.data.filingRef);
      return note('document', event.data.pledgeNo);
    case 'WarrantyGiven':
      return note(event.data.paper, event.data.paperNo);
    case 'LossReported':
    case 'TheftReported':
      return note('document', event.data.policeRef);
    case 'Seized':
      return note('document', event.data.orderNo);
    case 'HoldPlaced':
      return note('document', event.data.holdNo);
    case 'StateControlPassed':
      return note('document', event.data.actNo);
    case 'UniqueStoneDesignated':
      return note('document', event.data.decisionNo);
    case 'OriginEvidenceAttached':
    case 'EvidenceAttached':
      return note('document', event.data.document.number);
    case 'OfferedForSale':
      return note('lot', event.data.lotNo);
    case 'LotAwarded':
    case 'TitleTransferred':
    case 'TitleShareTransferred':
    case 'InvoiceIssued':
    case 'MemoConvertedToSale':
      return note('invoice', event.data.invoiceNo);
  }

  function note(kind: IdentifierKind, shown: string | undefined): void {
    const text = shown === undefined ? '' : compared(shown);
    if (shown !== undefined && text !== '') tell({ text, kind, subject, shown });
  }
}

/** Databases index no text of any length; NFKC makes some characters eighteen. */
const longest = 500;

/**
 * The form in which identifiers are compared: NFKC, case folded, `ё` as `е`, without spaces,
 * hyphens and control characters, so that `GIA 2141-438` finds `gia2141438`. Of a very long text only
 * the beginning counts.
 */
export function compared(text: string): string {
  if (/^[ -~]*$/.test(text)) {
    return text
      .toLowerCase()
      .replaceAll(/[ _-]+/g, '')
      .slice(0, longest);
  }
  return text
    .toWellFormed()
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[\s\p{Pd}\p{C}_]+/gu, '')
    .normalize('NFKC')
    .slice(0, longest)
    .toWellFormed();
}

/** Stones, parcels and parties by any identifier or its beginning, whole identifiers first. */
export async function find(views: ViewReader, text: string, limit = 50): Promise<readonly Hit[]> {
  const wanted = compared(text);
  if (wanted === '') return [];
  const rows = await views.list(
    identifiers,
    {},
    { startsWith: { column: 'text', text: wanted }, limit },
  );
  return rows.map(({ text: found, kind, subject, shown }) => ({
    subject,
    kind,
    shown,
    exact: found === wanted,
  }));
}

/** What may have borne an identifier, or one that begins so, that was struck out since. */
export async function struckBearers(
  views: ViewReader,
  text: string,
  limit: number,
): Promise<readonly string[]> {
  const wanted = compared(text);
  if (wanted === '') return [];
  const startsWith = { column: 'text', text: wanted } as const;
  const rows = await views.list(struckOut, {}, { startsWith, limit });
  return [...new Set(rows.map(({ subject }) => subject))];
}

/** Every identifier of a stone, parcel or party. */
export async function identifiersOf(
  views: ViewReader,
  subject: string,
): Promise<readonly Identifier[]> {
  return views.list(identifiers, { subject });
}
