import type { Draft } from '#events/event';
import type { ShipmentEvent } from '#events/shipment';
import { factsOf } from '#libs/decider/acts';
import type {
  DetachCertificate,
  LeaveOutGoods,
  LiftQuarantine,
  QuarantineShipment,
} from '#libs/shipment/shipment-command';
import type { Shipment } from '#libs/shipment/shipment-state';

type Told = LeaveOutGoods | DetachCertificate | QuarantineShipment | LiftQuarantine;

/** By policy: what other streams answered this shipment. A repeat changes nothing. */
export function decideTold(command: Told, state: Shipment | null): readonly Draft<ShipmentEvent>[] {
  const { cause } = command;
  const sign = command.type === 'LeaveOutGoods' ? `${cause} ${command.goods}` : cause;
  if (!state || state.told.includes(sign)) return [];
  switch (command.type) {
    case 'LeaveOutGoods':
      return [{ type: 'GoodsLeftOut', data: factsOf(command) }];
    case 'DetachCertificate':
      if (state.certificate !== command.number) return [];
      return [{ type: 'CertificateDetached', data: factsOf(command) }];
    case 'QuarantineShipment': {
      const goods = state.goods.map(({ stream }) => stream);
      return [{ type: 'ShipmentQuarantined', data: { ...factsOf(command), goods } }];
    }
    case 'LiftQuarantine':
      return [{ type: 'QuarantineLifted', data: factsOf(command) }];
  }
}
