import fc from 'fast-check';
import type { Content } from '#events/parcel';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import type { ParcelCommand } from '#libs/parcel/parcel-command';
import type { StoneCommand } from '#libs/stone/stone-command';
import type { Stone } from '#libs/stone/stone-state';
import { leftOf } from '#libs/trade/weight';
import { day, mct } from '#test/support/given';
import type { BindingVerb } from '#test/support/random-bindings';
import { bindingAct, bindings, rightful, unbindings } from '#test/support/random-bindings';
import type { TradeVerb } from '#test/support/random-trade-acts';
import {
  answers,
  ownersVerbs,
  parties,
  sayings,
  tradeAct,
  tradeVerbs,
} from '#test/support/random-trade-acts';
import type { Goods } from '#test/support/world';
import { everyTrade, now } from '#test/support/world';

const partings = [
  'SortParcel',
  'SplitParcel',
  'SingleOutStone',
  'MixParcel',
  'TakeOutLaboratoryGrown',
  'CleanRough',
  'StartManufacturing',
] as const;
const parcelCuttings = [
  'ProducePolishedParcel',
  'ProducePolishedParcel',
  'RecordLoss',
  'CloseManufacturing',
] as const;
const cuttings = [
  'SawRough',
  'CleaveRough',
  'ProducePolished',
  'ProducePolished',
  'RecordLoss',
  'CloseManufacturing',
  'StartManufacturing',
  'BruteStone',
  'BlockStone',
  'BreakStone',
] as const;
const looks = ['ScanRough', 'ScanRough', 'MatchRoughScan', 'ApproveCuttingPlan'] as const;

type Verb =
  | TradeVerb
  | (typeof partings)[number]
  | (typeof cuttings)[number]
  | (typeof parcelCuttings)[number]
  | (typeof looks)[number]
  | BindingVerb
  | 'RecutStone'
  | 'IssueReport';

/**
 * One act as a few small numbers: `what` picks the verb among those that fit the goods (mostly),
 * `who` the actor (mostly one that may act), `target` and `other` pick goods and parties, `shares`
 * (percent) and `error` (mct) make weights that add up, or do not quite, or not at all.
 */
export type Choice = Readonly<{
  what: number;
  who: number;
  target: number;
  other: number;
  shares: readonly number[];
  error: number;
}>;

/** Enough acts for goods to go through several hands and divisions. */
export const choices: fc.Arbitrary<readonly Choice[]> = fc.array(
  fc.record({
    what: fc.nat(999),
    who: fc.nat(8),
    target: fc.nat(),
    other: fc.nat(),
    shares: fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 4 }),
    error: fc.oneof(
      { weight: 2, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: -30, max: 30 }) },
    ),
  }),
  { minLength: 40, maxLength: 60 },
);

/** The choice as a command on what is there; its id is `n`. */
export function commandOf(picked: Choice, goods: readonly Goods[], n: number): LedgerCommand {
  const { target, what } = picked;
  const living = goods.filter(({ state }) => !state.consumed);
  const among = what % 10 === 9 || living.length === 0 ? goods : living;
  const one = among[target % Math.max(1, among.length)];
  if (!one || what % 8 === 0) return recovery(picked, n);
  const verb = verbOf(picked, one);
  const by = actor(picked, verb, one);
  if (isBinding(verb)) return bound(picked, verb, one, by, n);
  const meta = { id: actId(n), by, roles: everyTrade, now, at: day('2025-04-04') };
  return one.category === 'stone'
    ? { ...one, command: { ...stoneAct(picked, verb, one.state), meta } }
    : { ...one, command: { ...parcelAct(picked, verb, one, goods), meta } };
}

function verbOf({ what, other }: Choice, goods: Goods): Verb {
  const { state } = goods;
  const pick = <V>(verbs: readonly V[]): V | undefined => verbs[other % verbs.length];
  const trade = pick(tradeVerbs) ?? 'ReleaseCustody';
  if (state.holding.release && what % 3 > 0) {
    return what % 13 === 0 ? 'WithdrawRelease' : (pick(answers) ?? 'AcceptCustody');
  }
  if (what % 7 > 3) {
    const undo = pick(unbindings(state.holding));
    if (undo) return undo;
  }
  if (what % 11 === 0) return pick(bindings) ?? 'PlaceHold';
  if (what % 17 === 0) return pick(sayings) ?? trade;
  if (what % 17 < 3 && goods.category === 'stone') {
    const isScanned = goods.state.scans.length > 1;
    return (isScanned ? 'MatchRoughScan' : pick(looks)) ?? trade;
  }
  if (what % 5 > 2) return trade;
  if (goods.category === 'parcel') {
    return (goods.state.order ? pick(parcelCuttings) : pick(partings)) ?? trade;
  }
  if (goods.state.form === 'polished') return what % 2 ? 'IssueReport' : 'RecutStone';
  return goods.state.order ? (pick(cuttings) ?? trade) : 'StartManufacturing';
}

function isBinding(verb: Verb): verb is BindingVerb {
  return (
    (bindings as readonly string[]).includes(verb) ||
    /^(?:Return|Convert|Release(?:Pledge|Hold)|Enforce|Consent|ReportRec|ReportSeal|End|Forfeit|Unseal|Resolve)/.test(
      verb,
    )
  );
}

function bound(
  { who, other }: Choice,
  verb: BindingVerb,
  goods: Goods,
  anybody: string,
  n: number,
): LedgerCommand {
  const { holding } = goods.state;
  const by = who < 7 ? rightful(verb, holding) : anybody;
  const party = parties[other % parties.length] ?? 'alrosa';
  const documents = [{ type: 'judgment', sha256: 'a'.repeat(64) }];
  const meta = { id: actId(n), by, roles: everyTrade, now, at: day('2025-04-04'), documents };
  const command = { ...bindingAct(verb, holding, party, other), meta };
  return goods.category === 'stone'
    ? { category: 'stone', id: goods.id, command }
    : { category: 'parcel', id: goods.id, command };
}

/** A UUID of its own for each act. */
function actId(n: number): string {
  return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

type Unsaid<C> = C extends unknown ? Omit<C, 'meta'> : never;

function recovery({ what, who, target }: Choice, n: number): LedgerCommand {
  const by = parties[who % 2] ?? 'alrosa';
  const meta = { id: actId(n), by, roles: everyTrade, now, at: day('2025-04-04') };
  const mineId = target % 2 === 0 ? 'ru-ebelyakh' : 'bw-jwaneng';
  const scale = target % 7 === 0 ? { tolMct: target % 6 } : {};
  const weight = { ...mct(1 + (target % 400_000)), ...scale };
  if (what % 3 === 0) {
    const command = { type: 'RecoverRough', mineId, weight, meta } as const;
    return { category: 'stone', id: `s${n}`, command };
  }
  const content: Content = { weight, ...(target % 3 === 0 && weight.mct > 50 && { pieces: 50 }) };
  const month = { from: day('2025-03-01'), to: day('2025-03-31') };
  const command = { type: 'RecoverLot', mineId, ...month, content, meta } as const;
  return { category: 'parcel', id: `p${n}`, command };
}

/** Mostly the custodian, or whoever may do that; else the owner, the receiver, or anybody. */
function actor({ who }: Choice, verb: Verb, { state: { holding } }: Goods): string {
  if (verb === 'AcceptCustody' || verb === 'RefuseCustody') {
    return who > 1 ? (holding.release?.to ?? holding.custodian) : holding.custodian;
  }
  const isOwners = ownersVerbs.includes(verb);
  const owner = holding.owner ?? holding.shares[who % 2]?.party ?? 'alrosa';
  if (who < 6) return isOwners ? owner : holding.custodian;
  return who === 6 ? (holding.owner ?? 'alrosa') : (parties[who % parties.length] ?? 'alrosa');
}

function stoneAct(picked: Choice, verb: Verb, state: Stone): Unsaid<StoneCommand> {
  const { balance, plans, scans, fingerprints } = state;
  const left = leftOf(balance).max;
  const { shares, error } = picked;
  const outputs = shares.map((share) => Math.floor((left * share) / 100));
  const rest = left - outputs.reduce((a, b) => a + b, 0);
  const first = mct((outputs[0] ?? 0) + error);
  switch (verb) {
    case 'StartManufacturing':
      return { type: 'StartManufacturing', orderNo: String(error) };
    case 'SawRough':
    case 'CleaveRough': {
      const pieces = outputs.map((output) => ({ weight: mct(output) }));
      const loss = mct(rest + error);
      return verb === 'SawRough'
        ? { type: 'SawRough', method: 'blade', pieces, loss }
        : { type: 'CleaveRough', pieces, loss };
    }
    case 'ProducePolished': {
      const planNo = plans[0];
      return { type: verb, weight: first, ...(planNo !== undefined && error > 0 && { planNo }) };
    }
    case 'ApproveCuttingPlan': {
      const planned = outputs.map((plannedMct) => ({ shape: 'round', plannedMct }));
      return { type: verb, planNo: `P${error % 2}`, outputs: planned };
    }
    case 'ScanRough': {
      const scanSha256 = 'ab'.repeat(32);
      return { type: verb, provider: 'sarine', scanId: `S${scans.length}`, scanSha256 };
    }
    case 'MatchRoughScan': {
      const scanId = `S${scans.length - 1}`;
      const againstScanId = error > 0 ? 'S0' : (fingerprints['sarine'] ?? 'S0');
      return { type: verb, provider: 'sarine', scanId, againstScanId, matched: error >= 0 };
    }
    case 'RecordLoss':
      return { type: 'RecordLoss', weight: mct(rest + error), cause: 'polishing' };
    case 'CloseManufacturing':
      return { type: 'CloseManufacturing' };
    case 'BruteStone':
    case 'BlockStone':
      return { type: verb, weightAfter: mct(left - (shares[0] ?? 0) + Math.min(error, 5)) };
    case 'BreakStone': {
      const pieces = outputs.map((output) => ({ weight: mct(output) }));
      return { type: 'BreakStone', cause: 'fall', pieces, loss: mct(rest + error) };
    }
    case 'RecutStone': {
      const weightAfter = mct(left - (shares[0] ?? 0) + error);
      return { type: 'RecutStone', weightBefore: mct(left), weightAfter, reason: 'chip' };
    }
    case 'IssueReport':
      return { type: 'IssueReport', reportNo: String(error), weight: mct(left + error) };
    default:
      return tradeAct(picked, verb, left);
  }
}

function parcelAct(
  picked: Choice,
  verb: Verb,
  { id: parcelId, state }: Extract<Goods, { category: 'parcel' }>,
  goods: readonly Goods[],
): Unsaid<ParcelCommand> {
  const { shares, error, other } = picked;
  const { balance, pieces } = state.goods;
  const left = leftOf(balance).max;
  const outputs = shares.map((share) => Math.floor((left * share) / 100));
  const rest = left - outputs.reduce((a, b) => a + b, 0);
  const count = pieces === null ? null : Math.ceil(pieces / shares.length);
  const parts = outputs.map((output) => ({
    content: { weight: mct(output), ...(count !== null && other % 4 > 0 && { pieces: count }) },
  }));
  switch (verb) {
    case 'SortParcel':
      return { type: 'SortParcel', parts, loss: mct(rest + error) };
    case 'SplitParcel':
      return { type: 'SplitParcel', parts };
    case 'SingleOutStone':
      return { type: 'SingleOutStone', weight: mct((outputs[0] ?? 0) + error) };
    case 'TakeOutLaboratoryGrown': {
      const content = { weight: mct(outputs[0] ?? 0), ...(pieces !== null && { pieces: 1 }) };
      return { type: 'TakeOutLaboratoryGrown', instrument: 'screen', grownIn: 'CN', content };
    }
    case 'CleanRough': {
      const weightAfter = mct(left - (shares[0] ?? 0) + error);
      return { type: 'CleanRough', weightBefore: mct(left), weightAfter, method: 'acid' };
    }
    case 'StartManufacturing':
      return { type: 'StartManufacturing', orderNo: String(error) };
    case 'ProducePolishedParcel':
      return { type: 'ProducePolishedParcel', content: { weight: mct((outputs[0] ?? 0) + error) } };
    case 'RecordLoss':
      return { type: 'RecordLoss', weight: mct(rest + error), cause: 'polishing' };
    case 'CloseManufacturing':
      return { type: 'CloseManufacturing' };
    case 'MixParcel': {
      const parcels = goods.filter(({ category }) => category === 'parcel');
      const into = parcels[other % (parcels.length + 1)]?.id ?? `mix${other % 3}`;
      return { type: 'MixParcel', parcelId, into };
    }
    default:
      return tradeAct(picked, verb, left);
  }
}
