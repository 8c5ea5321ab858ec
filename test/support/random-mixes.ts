import type { LedgerCommand } from '#libs/ledger/ledger-command';
import type { Parcel } from '#libs/parcel/parcel-state';
import { leftOf } from '#libs/trade/weight';
import { day, mct } from '#test/support/given';
import type { Choice } from '#test/support/random-acts';
import type { Goods } from '#test/support/world';
import { everyTrade, now } from '#test/support/world';

type Lot = Extract<Goods, { category: 'parcel' }>;

/**
 * Goods that are free are mixed, sorted, split, singled out or cut by who has them, with weights that
 * add up: what random acts do to random goods seldom is. `undefined` when nothing is free.
 */
export function dividing(
  { target, other, what }: Choice,
  goods: readonly Goods[],
): LedgerCommand | undefined {
  const free = goods.filter(isFree);
  const lots = free.filter((each): each is Lot => each.category === 'parcel');
  const among = what % 4 > 0 && lots.length > 1 ? lots : free;
  const one = among[target % Math.max(1, among.length)];
  if (!one) return undefined;
  const meta = {
    id: '',
    by: one.state.holding.custodian,
    roles: everyTrade,
    now,
    at: day('2025-04-04'),
  };
  if (one.category === 'stone') {
    const left = leftOf(one.state.balance).max;
    const part = mct(Math.floor(left * 0.4));
    const acts = [
      { type: 'StartManufacturing', orderNo: 'O' },
      { type: 'SawRough', method: 'blade', pieces: [{ weight: part }, { weight: part }] },
      { type: 'ProducePolished', weight: part },
    ] as const;
    const nth = one.state.order ? 1 + (other % 2) : 0;
    const act = acts[nth] ?? acts[0];
    const loss = mct(left - 2 * part.mct);
    const command = act.type === 'SawRough' ? { ...act, loss, meta } : { ...act, meta };
    return { category: 'stone', id: one.id, command };
  }
  const left = leftOf(one.state.goods.balance).max;
  const part = { content: { weight: mct(Math.floor(left * 0.4)) } };
  const rest = { content: { weight: mct(left - part.content.weight.mct) } };
  const into = lots.filter((each) => each.id !== one.id && isAlike(each.state, one.state));
  const taker = into[other % Math.max(1, into.length)];
  if (taker && what % 3 > 0) {
    const command = { type: 'MixParcel', parcelId: one.id, into: taker.id, meta } as const;
    return { category: 'parcel', id: one.id, command };
  }
  const acts = [
    { type: 'SortParcel', parts: [part, rest], loss: mct(0) },
    { type: 'SplitParcel', parts: [part] },
    { type: 'SingleOutStone', weight: mct(Math.min(left, 9_000)) },
  ] as const;
  const act = acts[other % acts.length] ?? acts[0];
  return { category: 'parcel', id: one.id, command: { ...act, meta } };
}

function isFree({ state }: Goods): boolean {
  const { release, seal, missing, seizure, memo, pledges, holds } = state.holding;
  const binds = [release, seal, missing, seizure, memo].some((each) => each !== null);
  return !state.consumed && !binds && pledges.length + holds.length === 0;
}

function isAlike(a: Parcel, b: Parcel): boolean {
  return a.holding.custodian === b.holding.custodian && a.holding.owner === b.holding.owner;
}
