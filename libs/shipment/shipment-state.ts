import type { Recorded, When } from '#events/event';
import type { BorderRule, ShipmentEvent, ShippedGoods } from '#events/shipment';
import { later } from '#libs/decider/when';

export type ShipmentStatus =
  'packed' | 'dispatched' | 'arrived' | 'rejected' | 'returned' | 'unpacked';

/** A declaration to customs, and whether customs let its goods go. */
type Declared = Readonly<{ mrn: string; released: boolean }>;

/** A shipment as its decider needs it; `null` before it is packed. */
export type Shipment = Readonly<{
  status: ShipmentStatus;
  consignor: string;
  consignee: string;
  from: string;
  to: string;
  goods: readonly ShippedGoods[];
  parcels: number;
  /** The number of the certificate it is to travel under. */
  certificate: string | null;
  sealNo: string | null;
  breached: boolean;
  exported: Declared | null;
  imported: Declared | null;
  border: BorderRule | null;
  quarantined: boolean;
  /** Event ids of what a policy told this shipment. */
  told: readonly string[];
  latest: When;
}>;

/** No rules here: what was recorded happened. */
export function evolve(
  shipment: Shipment | null,
  event: ShipmentEvent | Recorded<ShipmentEvent>,
): Shipment | null {
  const next = event.type === 'ShipmentCreated' ? created(event) : apply(shipment, event);
  return next && { ...next, latest: later(next.latest, event.meta.at) };
}

function created({ data, meta }: Extract<ShipmentEvent, { type: 'ShipmentCreated' }>): Shipment {
  const { consignee, from, to, goods, parcels } = data;
  return {
    status: 'packed',
    consignor: meta.by,
    consignee,
    from,
    to,
    goods,
    parcels,
    certificate: null,
    sealNo: null,
    breached: false,
    exported: null,
    imported: null,
    border: null,
    quarantined: false,
    told: [],
    latest: meta.at,
  };
}

function apply(state: Shipment | null, event: ShipmentEvent): Shipment | null {
  if (!state) return null;
  switch (event.type) {
    case 'ShipmentCreated':
    case 'SealVerified':
    case 'TransitRecorded':
      return state;
    case 'GoodsLeftOut': {
      const { goods: left, cause } = event.data;
      const goods = state.goods.filter(({ stream }) => stream !== left);
      return { ...state, goods, told: [...state.told, `${cause} ${left}`] };
    }
    case 'CertificateAttached':
      return { ...state, certificate: event.data.number };
    case 'CertificateDetached':
      return { ...state, certificate: null, told: [...state.told, event.data.cause] };
    case 'ContainerSealed':
      return { ...state, sealNo: event.data.sealNo, breached: false };
    case 'SealBreachFound':
      return { ...state, breached: true };
    case 'ExportDeclared':
      return { ...state, exported: { mrn: event.data.mrn, released: false } };
    case 'ImportDeclared':
      return { ...state, imported: { mrn: event.data.mrn, released: false } };
    case 'CustomsReleased': {
      const { mrn } = event.data;
      const letGo = (declared: Declared | null) =>
        declared?.mrn === mrn ? { mrn, released: true } : declared;
      return { ...state, exported: letGo(state.exported), imported: letGo(state.imported) };
    }
    case 'ShipmentDispatched':
      return { ...state, status: 'dispatched', border: event.data.border };
    case 'ShipmentArrived':
      return { ...state, status: 'arrived' };
    case 'ShipmentRejected':
      return { ...state, status: 'rejected' };
    case 'ReturnedToExporter':
      return { ...state, status: 'returned' };
    case 'ShipmentUnpacked':
      return { ...state, status: 'unpacked' };
    case 'ShipmentQuarantined':
      return { ...state, quarantined: true, told: [...state.told, event.data.cause] };
    case 'QuarantineLifted':
      return { ...state, quarantined: false, told: [...state.told, event.data.cause] };
  }
}
