import type { Draft } from '#events/event';
import type { TradeEvent } from '#events/trade';
import type { Mention } from '#libs/decider/acts';
import { classify } from '#libs/trade/classification';
import { decideCustody } from '#libs/trade/custody';
import { decideEvidence } from '#libs/trade/evidence';
import { decideMemo } from '#libs/trade/memo';
import { decideOriginClaim } from '#libs/trade/origin-claims';
import { decidePacketSeal } from '#libs/trade/packet-seal';
import { decidePledge } from '#libs/trade/pledge';
import { decideSale } from '#libs/trade/sale';
import { decideStanding } from '#libs/trade/standing';
import { decideTitle } from '#libs/trade/title-shares';
import type { TradeCommand } from '#libs/trade/trade-command';
import type { TradedGoods } from '#libs/trade/traded-goods';

/** What a command on goods brings about, whatever the goods are. Throws `Refused`. */
export function decideTrade(
  command: TradeCommand,
  goods: TradedGoods,
): readonly Draft<TradeEvent>[] {
  switch (command.type) {
    case 'ReleaseCustody':
    case 'AcceptCustody':
    case 'RefuseCustody':
    case 'WithdrawRelease':
      return decideCustody(command, goods);
    case 'OfferForSale':
    case 'WithdrawOffer':
    case 'AwardLot':
    case 'EndAward':
    case 'IssueInvoice':
    case 'GiveWarranty':
    case 'TransferTitle':
      return [decideSale(command, goods)];
    case 'TransferShare':
    case 'ContestTitle':
    case 'ResolveTitleContest':
      return [decideTitle(command, goods)];
    case 'IssueMemo':
    case 'ExtendMemo':
    case 'ReturnMemo':
    case 'ConvertMemo':
    case 'ExpireMemo':
      return decideMemo(command, goods);
    case 'RegisterPledge':
    case 'ConsentToTransfer':
    case 'ConsentToCutting':
    case 'ReleasePledge':
    case 'EnforcePledge':
      return decidePledge(command, goods);
    case 'ReportLoss':
    case 'ReportTheft':
    case 'ReportRecovery':
    case 'SeizeGoods':
    case 'ForfeitGoods':
    case 'EndSeizure':
    case 'PlaceHold':
    case 'ReleaseHold':
    case 'RecordDecision':
      return [decideStanding(command, goods.holding)];
    case 'SealPacket':
    case 'VerifySeal':
    case 'ReportSealBreach':
    case 'UnsealPacket':
      return [decidePacketSeal(command, goods.holding)];
    case 'AttachOriginEvidence':
    case 'ContestOrigin':
    case 'ResolveOriginContest':
      return [decideOriginClaim(command, goods.holding)];
    case 'AttachEvidence':
    case 'RevokeEvidence':
      return [decideEvidence(command, goods.holding)];
    case 'ClassifyGoods':
      return [classify(command, goods)];
  }
}

/** The fields in which commands name a party besides the one that acts. */
const namingFields = ['to', 'buyer', 'consignee', 'lender'] as const;

/** The parties a command names besides the one that acts. */
export function tradeMentions(command: TradeCommand): readonly Mention[] {
  const said: Readonly<Partial<Record<string, unknown>>> = command;
  return namingFields.flatMap((field) => {
    const party = said[field];
    return typeof party === 'string' ? [{ party, field }] : [];
  });
}
