import type { Draft } from '#events/event';
import type { ShipmentEvent } from '#events/shipment';
import { checkCount, checkNumberForm } from '#libs/certificate/certificate-content';
import { whyNotUsed } from '#libs/certificate/certificate-journey';
import { lookedUp } from '#libs/certificate/certificate-standing';
import { factsOf } from '#libs/decider/acts';
import type { CommandMeta } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { daysOf } from '#libs/decider/when';
import { isCountry } from '#libs/reference/countries';
import { arrivalFindings, borderRule, checkAgrees, isRough } from '#libs/shipment/shipment-border';
import type {
  ArriveShipment,
  AttachCertificate,
  DispatchShipment,
  GoodsKnown,
  RecordTransit,
  RejectShipment,
  ReturnShipment,
  UnpackShipment,
} from '#libs/shipment/shipment-command';
import { needInvolved, needWhole } from '#libs/shipment/shipment-seal';
import type { Shipment, ShipmentStatus } from '#libs/shipment/shipment-state';

type Journey =
  | AttachCertificate
  | DispatchShipment
  | RecordTransit
  | ArriveShipment
  | RejectShipment
  | ReturnShipment
  | UnpackShipment;

/** From the consignor's hands to the consignee's, or back. */
export function decideJourney(command: Journey, state: Shipment): Draft<ShipmentEvent> {
  const { meta } = command;
  switch (command.type) {
    case 'AttachCertificate':
      return attach(command, state);
    case 'DispatchShipment':
      return dispatch(command, state);
    case 'RecordTransit':
      needInvolved(meta, state);
      needStanding(state, 'dispatched');
      if (!isCountry(command.country)) {
        throw new Refused('bad-country', `${command.country} is no country`, { field: 'country' });
      }
      if (command.sealNo !== undefined && command.sealNo !== state.sealNo) {
        throw new Refused(
          'seal-differs',
          `it was sealed with ${state.sealNo}; a breach is to be reported`,
          {
            field: 'sealNo',
          },
        );
      }
      return {
        type: 'TransitRecorded',
        data: { ...factsOf(command), goods: state.goods.map(({ stream }) => stream) },
      };
    case 'ArriveShipment': {
      needBy(meta, state.consignee);
      needStanding(state, 'dispatched');
      checkCount(command.parcels, 'parcels', 0, 10_000);
      const { known, ...said } = factsOf(command);
      const { certificate, reliedOn } = lookedUp(known);
      const findings = arrivalFindings(command, state, certificate, daysOf(meta.at).last);
      return { type: 'ShipmentArrived', data: { ...said, findings, reliedOn } };
    }
    case 'RejectShipment':
      needInvolved(meta, state);
      if (meta.by === state.consignor && meta.by !== state.consignee) {
        throw new Refused('not-your-act', 'the consignor does not reject its shipment');
      }
      needStanding(state, 'dispatched', 'arrived');
      return { type: 'ShipmentRejected', data: factsOf(command) };
    case 'ReturnShipment':
      needBy(meta, state.consignor);
      needStanding(state, 'rejected');
      return { type: 'ReturnedToExporter', data: factsOf(command) };
    case 'UnpackShipment':
      return unpack(command, state);
  }
}

/** First act: the shipment wants the certificate; the certificate takes it, or it comes off. */
function attach(command: AttachCertificate, state: Shipment): Draft<ShipmentEvent> {
  const { meta, number } = command;
  needBy(meta, state.consignor);
  needStanding(state, 'packed');
  checkNumberForm(number, 'number');
  if (state.certificate !== null) {
    throw new Refused('certificate-attached', `${state.certificate} is attached`);
  }
  if (!state.goods.some(isRough)) {
    throw new Refused('not-rough', 'only rough travels under a certificate');
  }
  const { certificate, reliedOn } = lookedUp(command.known);
  const code = whyNotUsed({ meta }, certificate);
  if (code || !certificate) {
    throw new Refused(code ?? 'unknown-certificate', `${number} cannot be used`, {
      field: 'number',
    });
  }
  checkAgrees(state, certificate);
  return { type: 'CertificateAttached', data: { number, reliedOn } };
}

function dispatch(command: DispatchShipment, state: Shipment): Draft<ShipmentEvent> {
  const { meta } = command;
  needBy(meta, state.consignor);
  needStanding(state, 'packed');
  const { known, ...said } = factsOf(command);
  const { certificate, goods, reliedOn, shipment } = lookedUp(known);
  if (state.goods.length === 0) throw new Refused('goods-not-packed', 'there is nothing in it');
  needPacked(state, lookedUp(known));
  const held = goods.find(({ refusal }) => refusal !== null);
  if (held?.refusal) throw new Refused(held.refusal, `${held.stream} cannot leave`);
  if (state.exported && !state.exported.released) {
    throw new Refused('not-released-by-customs', `${state.exported.mrn} is open`);
  }
  needWhole(state);
  const border = borderRule(state, shipment, certificate, daysOf(meta.at).last);
  if (border.need === 'certificate' && certificate?.sealNo !== state.sealNo) {
    throw new Refused('seal-differs', `the certificate was validated for ${certificate?.sealNo}`);
  }
  return { type: 'ShipmentDispatched', data: { ...said, border, reliedOn } };
}

function unpack(command: UnpackShipment, state: Shipment): Draft<ShipmentEvent> {
  const { meta } = command;
  needStanding(state, 'packed', 'arrived', 'returned');
  needBy(meta, state.status === 'arrived' ? state.consignee : state.consignor);
  if (state.status === 'arrived' && state.imported && !state.imported.released) {
    throw new Refused('not-released-by-customs', `${state.imported.mrn} is open`);
  }
  const { known, ...said } = factsOf(command);
  needPacked(state, lookedUp(known));
  const goods = state.goods.map(({ stream }) => stream);
  return { type: 'ShipmentUnpacked', data: { goods, ...said, reliedOn: lookedUp(known).reliedOn } };
}

/** Throws `goods-not-packed` while the goods themselves do not say that they are in it. */
function needPacked(
  state: Shipment,
  { goods, shipment }: Readonly<{ goods: readonly GoodsKnown[]; shipment: string }>,
): void {
  const missing = state.goods.filter(
    ({ stream }) => goods.find((each) => each.stream === stream)?.shipment !== shipment,
  );
  if (missing.length === 0) return;
  throw new Refused('goods-not-packed', 'goods of the shipment are not in it', {
    goods: missing.map(({ stream }) => stream),
  });
}

/** Throws `not-your-act`. */
export function needBy(meta: CommandMeta, party: string): void {
  if (meta.by === party) return;
  throw new Refused('not-your-act', `this is for ${party} to state`, { by: meta.by });
}

/** Throws `wrong-status`, or `quarantined`. */
export function needStanding(state: Shipment, ...wanted: readonly ShipmentStatus[]): void {
  if (state.quarantined) throw new Refused('quarantined', 'its certificate is doubted');
  if (wanted.includes(state.status)) return;
  throw new Refused('wrong-status', `the shipment is ${state.status}`, {
    status: state.status,
    needed: wanted,
  });
}
