import type { Recorded, When } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { ArrivalFinding, BorderRule, ShippedGoods } from '#events/shipment';
import { parseStream } from '#events/streams';
import { forgetId } from '#projections/forget';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';

/** A consignment as it stands. `transited` are the countries it passed through, in order. */
export type ShipmentRow = Readonly<{
  id: string;
  status: string;
  consignor: string;
  consignee: string;
  from_country: string;
  to_country: string;
  goods: readonly ShippedGoods[];
  parcels: number;
  certificate: string | null;
  seal_no: string | null;
  breached: number;
  quarantined: number;
  carrier: string | null;
  waybill: string | null;
  border: BorderRule | null;
  transited: readonly string[];
  findings: readonly ArrivalFinding[];
  dispatched_at: When | null;
  arrived_at: When | null;
  revision: number;
}>;

const rows: Table<ShipmentRow> = {
  name: 'shipments',
  columns: {
    id: 'text',
    status: 'text',
    consignor: 'text',
    consignee: 'text',
    from_country: 'text',
    to_country: 'text',
    goods: 'json',
    parcels: 'integer',
    certificate: 'text?',
    seal_no: 'text?',
    breached: 'integer',
    quarantined: 'integer',
    carrier: 'text?',
    waybill: 'text?',
    border: 'json?',
    transited: 'json',
    findings: 'json',
    dispatched_at: 'json?',
    arrived_at: 'json?',
    revision: 'integer',
  },
  key: ['id'],
  indexes: [['status'], ['consignor'], ['consignee'], ['certificate']],
};

/** Every shipment and where it stands. */
export const shipments: Projection = {
  name: 'shipments',
  version: 1,
  tables: [rows],
  handles: [
    'ShipmentCreated',
    'GoodsLeftOut',
    'CertificateAttached',
    'CertificateDetached',
    'ContainerSealed',
    'SealVerified',
    'SealBreachFound',
    'ExportDeclared',
    'ImportDeclared',
    'CustomsReleased',
    'ShipmentDispatched',
    'TransitRecorded',
    'ShipmentArrived',
    'ShipmentRejected',
    'ReturnedToExporter',
    'ShipmentUnpacked',
    'ShipmentQuarantined',
    'QuarantineLifted',
  ],
  project,
  forget: forgetId('shipment', rows),
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const id = parseStream(event.stream)?.id ?? event.stream;
  if (event.type === 'ShipmentCreated') return views.put(rows, created(event, id));
  const row = await views.get(rows, { id });
  if (row) views.put(rows, { ...row, ...changes(row, event), revision: event.revision });
}

function created(
  { data, meta, revision }: Extract<Recorded<LedgerEvent>, { type: 'ShipmentCreated' }>,
  id: string,
): ShipmentRow {
  return {
    id,
    status: 'packed',
    consignor: meta.by,
    consignee: data.consignee,
    from_country: data.from,
    to_country: data.to,
    goods: data.goods,
    parcels: data.parcels,
    certificate: null,
    seal_no: null,
    breached: 0,
    quarantined: 0,
    carrier: null,
    waybill: null,
    border: null,
    transited: [],
    findings: [],
    dispatched_at: null,
    arrived_at: null,
    revision,
  };
}

function changes(row: ShipmentRow, event: Recorded<LedgerEvent>): Partial<ShipmentRow> {
  const { at } = event.meta;
  switch (event.type) {
    case 'GoodsLeftOut': {
      const left = event.data.goods;
      return { goods: row.goods.filter(({ stream }) => stream !== left) };
    }
    case 'CertificateAttached':
      return { certificate: event.data.number };
    case 'CertificateDetached':
      return { certificate: null };
    case 'ContainerSealed':
      return { seal_no: event.data.sealNo, breached: 0 };
    case 'SealBreachFound':
      return { breached: 1 };
    case 'ShipmentDispatched': {
      const { carrier, waybill = null, border } = event.data;
      return { status: 'dispatched', carrier, waybill, border, dispatched_at: at };
    }
    case 'TransitRecorded':
      return { transited: [...row.transited, event.data.country] };
    case 'ShipmentArrived':
      return { status: 'arrived', findings: event.data.findings, arrived_at: at };
    case 'ShipmentRejected':
      return { status: 'rejected' };
    case 'ReturnedToExporter':
      return { status: 'returned' };
    case 'ShipmentUnpacked':
      return { status: 'unpacked' };
    case 'ShipmentQuarantined':
      return { quarantined: 1 };
    case 'QuarantineLifted':
      return { quarantined: 0 };
    default:
      return {};
  }
}

export async function shipmentOf(views: ViewReader, id: string): Promise<ShipmentRow | undefined> {
  return views.get(rows, { id });
}

/** What a verdict is on: goods themselves, or all a shipment carries; `undefined` for an unknown one. */
export async function goodsWithin(
  views: ViewReader,
  subject: string,
): Promise<readonly string[] | undefined> {
  const named = parseStream(subject);
  if (named?.category !== 'shipment') return [subject];
  const goods = (await shipmentOf(views, named.id))?.goods;
  return goods && [...new Set(goods.map(({ stream }) => stream))];
}

/** By status or by a party of theirs, the last id first; `before` is where the page before ended. */
export async function shipmentsBy(
  views: ViewReader,
  where: Readonly<{ status?: string } | { consignor?: string } | { consignee?: string }>,
  limit: number,
  before?: string,
): Promise<readonly ShipmentRow[]> {
  const below = before === undefined ? {} : ({ below: { column: 'id', value: before } } as const);
  return views.list(rows, where, { orderBy: ['id'], descending: true, limit, ...below });
}
