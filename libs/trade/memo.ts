import type { Draft } from '#events/event';
import type { TradeEvent } from '#events/trade';
import { factsOf } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import { daysOf } from '#libs/decider/when';
import { needClear, needUndisputed } from '#libs/trade/bounds';
import { checkOther, needCustody, needTitle } from '#libs/trade/holder';
import type { Holding, Memo } from '#libs/trade/holding';
import { checkPrice } from '#libs/trade/price';
import { needPassable } from '#libs/trade/title';
import type {
  ConvertMemo,
  ExtendMemo,
  IssueMemo,
  MemoCommand,
  ReturnMemo,
} from '#libs/trade/trade-command';
import type { TradedGoods } from '#libs/trade/traded-goods';
import { warrantiesOf } from '#libs/trade/warranty';
import { isDay } from '#libs/reference/calendar';

/** Goods let go for a period to find a buyer: custody moves, title does not (domain §3). */
export function decideMemo(command: MemoCommand, goods: TradedGoods): readonly Draft<TradeEvent>[] {
  const { holding } = goods;
  switch (command.type) {
    case 'IssueMemo':
      return issue(command, goods);
    case 'ExtendMemo':
      return [extend(command, holding)];
    case 'ReturnMemo':
      return giveBack(command, holding);
    case 'ConvertMemo':
      return convert(command, goods);
    case 'ExpireMemo': {
      const { memoNo, consignee, dueOn, expired } = needMemo(holding);
      if (command.meta.by !== consignee) needTitle(command.meta, holding);
      if (expired) throw hasExpired(dueOn);
      if (daysOf(command.meta.at).first <= dueOn) {
        throw new Refused('not-due', `the memo is due on ${dueOn}`, { dueOn });
      }
      return [{ type: 'MemoExpired', data: { memoNo, dueOn } }];
    }
  }
}

/** In the owner's own hands the goods are released to the consignee in the same breath. */
function issue(command: IssueMemo, goods: TradedGoods): readonly Draft<TradeEvent>[] {
  const { meta, consignee, dueOn, warranties } = command;
  const { holding } = goods;
  needTitle(meta, holding);
  needUndisputed(holding);
  checkOther(meta, consignee, 'consignee');
  if (holding.memo) {
    throw new Refused('on-memo', `the goods are on memo with ${holding.memo.consignee}`);
  }
  if (holding.buyer !== null) {
    throw new Refused('award-stands', `the goods are awarded to ${holding.buyer}`);
  }
  checkPrice(command.price, 'price');
  checkDue(dueOn, daysOf(meta.at).first);
  const given = warrantiesOf(warranties, meta, goods, 'memo', true);
  const issued = { ...factsOf(command), warranties: given };
  const isInHand = holding.custodian === meta.by && !holding.release;
  const released = { from: meta.by, to: consignee, purpose: 'memo' } as const;
  return [
    { type: 'MemoIssued', data: issued },
    ...(isInHand ? [{ type: 'CustodyReleased', data: released } as const] : []),
  ];
}

function extend({ meta, dueOn }: ExtendMemo, holding: Holding): Draft<TradeEvent> {
  needTitle(meta, holding);
  needUndisputed(holding);
  const memo = needRunning(holding);
  checkDue(dueOn, memo.dueOn);
  return { type: 'MemoExtended', data: { memoNo: memo.memoNo, dueOn } };
}

function giveBack({ meta }: ReturnMemo, holding: Holding): readonly Draft<TradeEvent>[] {
  const { memoNo, consignee } = needMemo(holding);
  const { owner } = holding;
  if (meta.by !== consignee && meta.by !== owner) {
    throw new Refused('not-consignee', `the goods are on memo with ${consignee}`, { by: meta.by });
  }
  needCustody(meta, holding);
  const returned = { type: 'MemoReturned', data: { memoNo } } as const;
  if (meta.by === owner || owner === null) return [returned];
  needClear(holding);
  const released = { from: meta.by, to: owner, purpose: 'return' } as const;
  return [returned, { type: 'CustodyReleased', data: released }];
}

function convert(command: ConvertMemo, goods: TradedGoods): readonly Draft<TradeEvent>[] {
  const { meta, price } = command;
  const { holding } = goods;
  needTitle(meta, holding);
  const { memoNo, consignee: buyer } = needRunning(holding);
  checkPrice(price, 'price');
  needPassable(goods, buyer);
  const terms = factsOf(command);
  return [
    { type: 'MemoConvertedToSale', data: { memoNo, buyer, ...terms } },
    { type: 'TitleTransferred', data: { from: meta.by, to: buyer, basis: 'sale', ...terms } },
  ];
}

function needMemo({ memo }: Holding): Memo {
  if (memo) return memo;
  throw new Refused('not-on-memo', 'there is no open memo');
}

function needRunning(holding: Holding): Memo {
  const memo = needMemo(holding);
  if (memo.expired) throw hasExpired(memo.dueOn);
  return memo;
}

function hasExpired(dueOn: string): Refused {
  return new Refused('memo-expired', `the memo was due on ${dueOn}`, { dueOn });
}

function checkDue(dueOn: string, after: string): void {
  if (!isDay(dueOn)) {
    throw new Refused('bad-date', `${dueOn} is no day`, { field: 'dueOn' });
  }
  if (dueOn <= after) {
    throw new Refused('not-later', `${dueOn} is not after ${after}`, { field: 'dueOn' });
  }
}
