import type { Draft } from '#events/event';
import type { TradeEvent } from '#events/trade';
import { factsOf } from '#libs/decider/acts';
import type { CommandMeta } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { checkSeal } from '#libs/trade/custody';
import { needCustody } from '#libs/trade/holder';
import type { Holding } from '#libs/trade/holding';
import type { PacketSealCommand } from '#libs/trade/trade-command';

/**
 * Sealed packets were swapped before (domain §3): whoever handles one says which seal it saw.
 * Opening one for a reason is its custodian's right; a broken seal is found, never opened.
 */
export function decidePacketSeal(command: PacketSealCommand, holding: Holding): Draft<TradeEvent> {
  const { meta } = command;
  switch (command.type) {
    case 'SealPacket':
      needCustody(meta, holding);
      if (holding.seal !== null) {
        throw new Refused('sealed', `the packet carries seal ${holding.seal}`);
      }
      return { type: 'PacketSealed', data: factsOf(command) };
    case 'VerifySeal':
      needSight(meta, holding);
      checkSeal(needSeal(holding), command.sealNo);
      return { type: 'PacketSealVerified', data: factsOf(command) };
    case 'ReportSealBreach': {
      needSight(meta, holding);
      const sealNo = needSeal(holding);
      return { type: 'PacketSealBreachFound', data: { sealNo, ...factsOf(command) } };
    }
    case 'UnsealPacket': {
      needCustody(meta, holding);
      const sealNo = needSeal(holding);
      return { type: 'PacketUnsealed', data: { sealNo, ...factsOf(command) } };
    }
  }
}

function needSeal({ seal }: Holding): string {
  if (seal !== null) return seal;
  throw new Refused('not-sealed', 'the packet is not sealed');
}

/** The receiver looks at the seal before it accepts; customs looks at any. */
function needSight(meta: CommandMeta, holding: Holding): void {
  if (meta.roles.includes('authority') || holding.release?.to === meta.by) return;
  if (meta.by === holding.custodian) return;
  needCustody(meta, holding);
}
