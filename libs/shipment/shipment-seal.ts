import type { Draft } from '#events/event';
import type { ShipmentEvent } from '#events/shipment';
import { factsOf } from '#libs/decider/acts';
import type { CommandMeta } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import type { ReportSealBreach, SealContainer, VerifySeal } from '#libs/shipment/shipment-command';
import type { Shipment } from '#libs/shipment/shipment-state';

/**
 * The container's seal. Consignor, consignee and authorities see to it; once the shipment has left
 * only an authority seals anew, as after an inspection.
 */
export function decideSeal(
  command: SealContainer | VerifySeal | ReportSealBreach,
  state: Shipment,
): Draft<ShipmentEvent> {
  const { meta } = command;
  needInvolved(meta, state);
  if (state.status === 'unpacked') {
    throw new Refused('wrong-status', 'the shipment is unpacked', { status: state.status });
  }
  if (command.type === 'SealContainer') {
    if (state.status !== 'packed' && !meta.roles.includes('authority')) {
      throw new Refused('role-needed', 'on its way only an authority seals a container', {
        by: meta.by,
        roles: ['authority'],
      });
    }
    if (state.sealNo !== null && !state.breached && !meta.roles.includes('authority')) {
      throw new Refused('wrong-status', `the container is sealed: ${state.sealNo}`, {
        sealNo: state.sealNo,
      });
    }
    return { type: 'ContainerSealed', data: factsOf(command) };
  }
  const { sealNo } = state;
  if (sealNo === null) throw new Refused('not-sealed', 'the container was not sealed');
  if (command.type === 'ReportSealBreach') {
    return { type: 'SealBreachFound', data: { sealNo, ...factsOf(command) } };
  }
  needWhole(state);
  if (command.sealNo !== sealNo) {
    throw new Refused('seal-differs', `it was sealed with ${sealNo}; a breach is to be reported`, {
      field: 'sealNo',
    });
  }
  return { type: 'SealVerified', data: { sealNo } };
}

/** Throws `not-sealed` or `seal-breached`. */
export function needWhole({ sealNo, breached }: Shipment): void {
  if (sealNo === null) throw new Refused('not-sealed', 'the container is not sealed');
  if (breached) throw new Refused('seal-breached', `seal ${sealNo} was found broken`);
}

/** Throws `not-your-act` for who is neither a party to the shipment nor an authority. */
export function needInvolved(meta: CommandMeta, { consignor, consignee }: Shipment): void {
  if ([consignor, consignee].includes(meta.by) || meta.roles.includes('authority')) return;
  throw new Refused('not-your-act', `${meta.by} is no party to the shipment`, { by: meta.by });
}
