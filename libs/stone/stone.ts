import type { Draft } from '#events/event';
import type { StoneEvent } from '#events/stone';
import type { Mention } from '#libs/decider/acts';
import { checkAct, factsOf } from '#libs/decider/acts';
import type { Decider } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import type { StoneCommand } from '#libs/stone/stone-command';
import { tradedStone } from '#libs/stone/stone-goods';
import { decideIdentity, mergeIdentity, restoreIdentity } from '#libs/stone/stone-identity';
import { decideLaboratory } from '#libs/stone/stone-laboratory';
import { decideMaking } from '#libs/stone/stone-making';
import { openHistory, openStone, recoverRough } from '#libs/stone/stone-opening';
import { decideReport } from '#libs/stone/stone-report';
import { decideScan } from '#libs/stone/stone-scan';
import { checkLoose, returnSetting, setStone, unsetStone } from '#libs/stone/stone-setting';
import type { Stone } from '#libs/stone/stone-state';
import { evolve } from '#libs/stone/stone-state';
import { decideWork } from '#libs/stone/stone-work';
import { decideUnique } from '#libs/stone/unique-stone';
import { needHolding } from '#libs/trade/holder';
import { isTradeCommand } from '#libs/trade/kinds';
import { alsoWhenConsumed, declareClaim } from '#libs/trade/origin-claims';
import {
  decidePacking,
  isPackingCommand,
  needUnpacked,
  type PackingCommand,
} from '#libs/trade/packing';
import { decideRetail, isRetail, needInTrade } from '#libs/trade/retail';
import type { RetailCommand } from '#libs/trade/retail-command';
import type { RoughGoods } from '#libs/trade/rough';
import { decideRough } from '#libs/trade/rough';
import { decideTrade, tradeMentions } from '#libs/trade/trade';

/** A single stone, rough, piece or polished: what its streams record and what the trade refuses. */
export const stone: Decider<Stone | null, StoneCommand, StoneEvent> = {
  initial: null,
  evolve,
  decide,
};

/** The parties a command names besides the one that acts. */
export function stoneMentions(command: StoneCommand): readonly Mention[] {
  if (isTradeCommand(command)) return tradeMentions(command);
  switch (command.type) {
    case 'OpenHistory':
      return command.owner === undefined ? [] : [{ party: command.owner, field: 'owner' }];
    case 'MatchReport':
    case 'FindReportMismatch':
    case 'SubmitToLaboratory':
      return [{ party: command.laboratory, field: 'laboratory' }];
    case 'OfferToState':
    case 'ReturnFromLaboratory':
      return [{ party: command.to, field: 'to' }];
    default:
      return [];
  }
}

function decide(command: StoneCommand, state: Stone | null): readonly Draft<StoneEvent>[] {
  if (isByPolicy(command)) return follow(command, state);
  if (isPackingCommand(command)) {
    const isOver = state?.consumed === true || Boolean(state?.setting ?? state?.sold);
    return decidePacking(command, state, isOver);
  }
  checkAct(command, state?.latest ?? null);
  if (command.type === 'RecoverRough') return [recoverRough(command, state)];
  if (command.type === 'OpenHistory') return [openHistory(command, state)];
  if (!state) throw new Refused('unknown-stone', 'there is no such stone');
  if (state.consumed && !alsoWhenConsumed.includes(command.type)) {
    throw new Refused(
      'consumed',
      'the record has ended: the stone was cut, or is kept under another id',
    );
  }
  checkLoose(command, state);
  if (isRetail(command)) return [sellOrTakeBack(command, state)];
  needInTrade(state.sold);
  return decideLiving(command, state);
}

type ByPolicy = Extract<
  StoneCommand,
  { type: 'OpenStone' | 'ReturnSetting' | 'UnsetStone' | 'MergeIdentity' | 'RestoreIdentity' }
>;

const policies: Readonly<Record<ByPolicy['type'], true>> = {
  OpenStone: true,
  ReturnSetting: true,
  UnsetStone: true,
  MergeIdentity: true,
  RestoreIdentity: true,
};

function isByPolicy(command: StoneCommand): command is ByPolicy {
  return Object.hasOwn(policies, command.type);
}

/** What follows from events of other streams: it is decided once, and a repeat changes nothing. */
function follow(command: ByPolicy, state: Stone | null): readonly Draft<StoneEvent>[] {
  switch (command.type) {
    case 'OpenStone':
      return openStone(command, state);
    case 'ReturnSetting':
      return returnSetting(command, state);
    case 'UnsetStone':
      return unsetStone(command, state);
    case 'MergeIdentity':
      return mergeIdentity(command, state);
    case 'RestoreIdentity':
      return restoreIdentity(command, state);
  }
}

type Living = Exclude<
  StoneCommand,
  ByPolicy | PackingCommand | RetailCommand | { type: 'RecoverRough' | 'OpenHistory' }
>;

/** Consumers buy polished stones: rough is the trade's alone. */
function sellOrTakeBack(command: RetailCommand, state: Stone): Draft<StoneEvent> {
  needUnpacked(state.holding);
  if (state.form !== 'polished') {
    throw new Refused('not-polished', 'only polished stones are sold to consumers');
  }
  if (state.order) throw new Refused('in-manufacture', 'the stone is being worked on');
  return decideRetail(command, state);
}

function decideLiving(command: Living, state: Stone): readonly Draft<StoneEvent>[] {
  if (isTradeCommand(command)) return decideTrade(command, tradedStone(state));
  switch (command.type) {
    case 'NameStone':
      needHolding(command.meta, state.holding);
      return [{ type: 'StoneNamed', data: factsOf(command) }];
    case 'DeclareOrigin':
      return [declareClaim(command, state.holding, state.laboratoryGrown)];
    case 'ScanRough':
    case 'MatchRoughScan':
      return [decideScan(command, state)];
    case 'CleanRough':
    case 'ValueRough':
    case 'PassStateControl':
      return [decideRough(command, roughStone(state))];
    case 'StartManufacturing':
    case 'ApproveCuttingPlan':
    case 'SawRough':
    case 'CleaveRough':
    case 'ProducePolished':
    case 'RecordLoss':
    case 'CloseManufacturing':
    case 'BruteStone':
    case 'BlockStone':
      return [decideMaking(command, state)];
    case 'BreakStone':
    case 'RecutStone':
    case 'RepolishStone':
      return [decideWork(command, state)];
    case 'IssueReport':
    case 'MatchReport':
    case 'FindReportMismatch':
    case 'InscribeStone':
      return [decideReport(command, state)];
    case 'DiscloseTreatment':
    case 'SubmitToLaboratory':
    case 'ReturnFromLaboratory':
    case 'DetectLaboratoryGrown':
    case 'VerifyInscription':
    case 'RemoveInscription':
      return decideLaboratory(command, state);
    case 'DesignateUnique':
    case 'OfferToState':
    case 'DeclineStateOffer':
      return [decideUnique(command, state)];
    case 'SetStone':
      return [setStone(command, state)];
    case 'GiveUpIdentity':
    case 'AgreeToMerge':
    case 'SplitIdentity':
      return [decideIdentity(command, state)];
  }
}

function roughStone(state: Stone): RoughGoods {
  const orderNo = state.order?.orderNo ?? null;
  return { traded: tradedStone(state), balance: state.balance, share: 0, orderNo };
}
