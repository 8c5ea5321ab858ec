import type { CertificateEvent } from '#events/certificate';
import type { CorrectionEvent } from '#events/correction';
import type { FlagEvent } from '#events/flag';
import type { JewelleryEvent } from '#events/jewellery';
import type { ParcelEvent } from '#events/parcel';
import type { PartyEvent } from '#events/party';
import type { ReportEvent } from '#events/report';
import type { RuleBookEvent } from '#events/rulebook';
import type { ShipmentEvent } from '#events/shipment';
import type { StoneEvent } from '#events/stone';

/** Every event of every stream category. */
export type LedgerEvent =
  | PartyEvent
  | StoneEvent
  | ParcelEvent
  | CertificateEvent
  | ShipmentEvent
  | ReportEvent
  | JewelleryEvent
  | FlagEvent
  | RuleBookEvent
  | CorrectionEvent;
