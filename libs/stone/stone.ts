import type { Draft } from '#events/event';
import type { StoneEvent } from '#events/stone';
import type { Mention } from '#libs/decider/acts';
import { checkAct, factsOf } from '#libs/decider/acts';
import type { Decider } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { decideMaking } from '#libs/stone/stone-making';
import { decideReport } from '#libs/stone/stone-report';
import { decideScan } from '#libs/stone/stone-scan';
import { openHistory, openStone, recoverRough } from '#libs/stone/stone-opening';
import type { StoneCommand } from '#libs/stone/stone-command';
import type { Stone } from '#libs/stone/stone-state';
import { evolve } from '#libs/stone/stone-state';
import { needHolding } from '#libs/trade/holder';
import { checkOrigin } from '#libs/trade/recovery';
import { decideTrade, tradeMentions } from '#libs/trade/trade';
import {
  checkSameWeight,
  checkWeight,
  heaviestStone,
  leftOf,
  stoneError,
} from '#libs/trade/weight';

/** A single stone, rough, piece or polished: what its streams record and what the trade refuses. */
export const stone: Decider<Stone | null, StoneCommand, StoneEvent> = {
  initial: null,
  evolve,
  decide,
};

/** The parties a command names besides the one that acts. */
export function stoneMentions(command: StoneCommand): readonly Mention[] {
  switch (command.type) {
    case 'ReleaseCustody':
    case 'AcceptCustody':
    case 'RefuseCustody':
    case 'OfferForSale':
    case 'AwardLot':
    case 'TransferTitle':
      return tradeMentions(command);
    case 'OpenHistory':
      return command.owner === undefined ? [] : [{ party: command.owner, field: 'owner' }];
    case 'MatchReport':
    case 'FindReportMismatch':
      return [{ party: command.laboratory, field: 'laboratory' }];
    case 'RecoverRough':
    case 'OpenStone':
    case 'NameStone':
    case 'DeclareOrigin':
    case 'ScanRough':
    case 'MatchRoughScan':
    case 'StartManufacturing':
    case 'ApproveCuttingPlan':
    case 'SawRough':
    case 'CleaveRough':
    case 'ProducePolished':
    case 'RecordLoss':
    case 'CloseManufacturing':
    case 'IssueReport':
    case 'InscribeStone':
      return [];
  }
}

function decide(command: StoneCommand, state: Stone | null): readonly Draft<StoneEvent>[] {
  if (command.type === 'OpenStone') return openStone(command, state);
  checkAct(command, state?.latest ?? null);
  if (command.type === 'RecoverRough') return [recoverRough(command, state)];
  if (command.type === 'OpenHistory') return [openHistory(command, state)];
  if (!state) throw new Refused('unknown-stone', 'there is no such stone');
  if (state.consumed) throw new Refused('consumed', 'the stone was cut; its parts live on');
  return [decideLiving(command, state)];
}

type Living = Exclude<StoneCommand, { type: 'OpenStone' | 'RecoverRough' | 'OpenHistory' }>;

function decideLiving(command: Living, state: Stone): Draft<StoneEvent> {
  switch (command.type) {
    case 'ReleaseCustody':
    case 'AcceptCustody':
    case 'RefuseCustody':
    case 'OfferForSale':
    case 'AwardLot':
    case 'TransferTitle':
      return decideTrade(command, state.holding, (weight) => {
        checkWeight(weight, 'weight', heaviestStone);
        const left = leftOf(state.balance);
        const possible = state.order ? { min: 0, max: left.max } : left;
        checkSameWeight(weight, possible, 2 * stoneError, 'weight');
      });
    case 'NameStone':
      needHolding(command.meta, state.holding);
      return { type: 'StoneNamed', data: factsOf(command) };
    case 'DeclareOrigin':
      needHolding(command.meta, state.holding);
      checkOrigin(command.origin);
      return { type: 'OriginDeclared', data: factsOf(command) };
    case 'ScanRough':
    case 'MatchRoughScan':
      return decideScan(command, state);
    case 'StartManufacturing':
    case 'ApproveCuttingPlan':
    case 'SawRough':
    case 'CleaveRough':
    case 'ProducePolished':
    case 'RecordLoss':
    case 'CloseManufacturing':
      return decideMaking(command, state);
    case 'IssueReport':
    case 'MatchReport':
    case 'FindReportMismatch':
    case 'InscribeStone':
      return decideReport(command, state);
  }
}
