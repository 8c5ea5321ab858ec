import type { Draft } from '#events/event';
import type { ShipmentEvent } from '#events/shipment';
import { checkCount } from '#libs/certificate/certificate-content';
import type { Mention } from '#libs/decider/acts';
import { checkAct, factsOf, needRole } from '#libs/decider/acts';
import type { CommandMeta, Decider } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { isCountry } from '#libs/reference/countries';
import { declare, releaseByCustoms } from '#libs/shipment/shipment-customs';
import { decideJourney } from '#libs/shipment/shipment-journey';
import { checkPacking } from '#libs/shipment/shipment-packing';
import { decideTold } from '#libs/shipment/shipment-policy';
import { decideSeal } from '#libs/shipment/shipment-seal';
import type { CreateShipment, ShipmentCommand } from '#libs/shipment/shipment-command';
import type { Shipment } from '#libs/shipment/shipment-state';
import { evolve } from '#libs/shipment/shipment-state';

const mostGoods = 100;

/** One consignment from a consignor to a consignee: what is in it, its seal, papers and journey. */
export const shipment: Decider<Shipment | null, ShipmentCommand, ShipmentEvent> = {
  initial: null,
  evolve,
  decide,
};

/** The parties a command names besides the one that acts. */
export function shipmentMentions(command: ShipmentCommand): readonly Mention[] {
  if (command.type === 'CreateShipment') return [{ party: command.consignee, field: 'consignee' }];
  return [];
}

function decide(command: ShipmentCommand, state: Shipment | null): readonly Draft<ShipmentEvent>[] {
  switch (command.type) {
    case 'LeaveOutGoods':
    case 'DetachCertificate':
    case 'QuarantineShipment':
    case 'LiftQuarantine':
      return decideTold(command, state);
    case 'CreateShipment':
      checkAct(command, state?.latest ?? null);
      return [create(command, state)];
    default:
      checkAct(command, state?.latest ?? null);
      if (!state) throw new Refused('unknown-shipment', 'there is no such shipment');
      return [decideKnown(command, state)];
  }
}

type Known = Exclude<
  ShipmentCommand,
  {
    type:
      | 'LeaveOutGoods'
      | 'DetachCertificate'
      | 'QuarantineShipment'
      | 'LiftQuarantine'
      | 'CreateShipment';
  }
>;

function decideKnown(command: Known, state: Shipment): Draft<ShipmentEvent> {
  switch (command.type) {
    case 'SealContainer':
    case 'VerifySeal':
    case 'ReportSealBreach':
      return decideSeal(command, state);
    case 'DeclareExport':
    case 'DeclareImport':
      return declare(command, state);
    case 'ReleaseByCustoms':
      return releaseByCustoms(command, state);
    case 'AttachCertificate':
    case 'DispatchShipment':
    case 'RecordTransit':
    case 'ArriveShipment':
    case 'RejectShipment':
    case 'ReturnShipment':
    case 'UnpackShipment':
      return decideJourney(command, state);
  }
}

function create(command: CreateShipment, state: Shipment | null): Draft<ShipmentEvent> {
  const { meta, from, to, consignee, goods, parcels } = command;
  if (state) throw new Refused('already-exists', 'a shipment with this id exists');
  needTrader(meta);
  if (consignee === meta.by && from === to) {
    throw new Refused('to-itself', 'the goods are where they go', { field: 'consignee' });
  }
  [from, to].forEach((country, n) => {
    if (isCountry(country)) return;
    throw new Refused('bad-country', `${country} is no ISO 3166-1 alpha-2 code`, {
      field: n === 0 ? 'from' : 'to',
    });
  });
  checkCount(goods.length, 'goods', 1, mostGoods);
  checkCount(parcels, 'parcels', 1, 10_000);
  const { known, ...said } = factsOf(command);
  const { reliedOn } = checkPacking(goods, known);
  return { type: 'ShipmentCreated', data: { ...said, reliedOn } };
}

/** Anybody who holds goods may send them. */
function needTrader(meta: CommandMeta): void {
  needRole(meta, 'producer', 'dealer', 'cutter', 'laboratory', 'jeweller', 'authority');
}
