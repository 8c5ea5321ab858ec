import type { Draft } from '#events/event';
import type { RoughEvent } from '#events/rough';
import { factsOf, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import { daysOf } from '#libs/decider/when';
import { isDay } from '#libs/reference/calendar';
import { needClear } from '#libs/trade/bounds';
import { needCustody, needParty } from '#libs/trade/holder';
import { checkPrice } from '#libs/trade/price';
import type { CleanRough, PassStateControl, RoughCommand } from '#libs/trade/rough-command';
import type { TradedGoods } from '#libs/trade/traded-goods';
import type { Balance } from '#libs/trade/weight';
import { checkReduced, rangeOf, worseError } from '#libs/trade/weight';

/** Rough as these acts see it; `share` is what it may differ by besides its scales’ errors, in mct. */
export type RoughGoods = Readonly<{
  traded: TradedGoods;
  balance: Balance;
  share: number;
  orderNo: string | null;
}>;

/** Cleaning, valuing and the state's control: before rough is sold or leaves the country. */
export function decideRough(command: RoughCommand, goods: RoughGoods): Draft<RoughEvent> {
  const { meta } = command;
  const { holding, isRough } = goods.traded;
  if (!isRough) throw new Refused('not-rough', 'only rough takes this');
  switch (command.type) {
    case 'CleanRough':
      checkCleaning(command, goods);
      return { type: 'RoughCleaned', data: factsOf(command) };
    case 'ValueRough':
      if (!meta.roles.includes('authority')) needParty(meta, holding);
      checkPrice(command.value, 'value');
      checkPrice(command.perCarat, 'perCarat');
      return { type: 'RoughValued', data: factsOf(command) };
    case 'PassStateControl':
      needRole(meta, 'authority');
      checkActDate(command);
      return { type: 'StateControlPassed', data: { authority: meta.by, ...factsOf(command) } };
  }
}

function checkCleaning(command: CleanRough, { traded, balance, share, orderNo }: RoughGoods): void {
  const { meta, weightBefore, weightAfter } = command;
  const { holding } = traded;
  needCustody(meta, holding);
  needClear(holding);
  if (holding.seal !== null) throw new Refused('sealed', `the packet carries ${holding.seal}`);
  if (orderNo !== null) throw new Refused('in-manufacture', `order ${orderNo} is open`);
  if (!traded.fits(weightBefore)) {
    throw new Refused('weight-differs', `the goods cannot weigh ${weightBefore.mct} mct`, {
      field: 'weightBefore',
      mct: weightBefore.mct,
    });
  }
  traded.fits(weightAfter);
  checkReduced(balance, weightAfter, worseError(balance, weightAfter) + share);
  if (rangeOf(weightAfter).min <= rangeOf(weightBefore).max) return;
  throw new Refused('gained-weight', 'cleaning adds no weight', { field: 'weightAfter' });
}

function checkActDate({ meta, actDate }: PassStateControl): void {
  if (!isDay(actDate)) throw new Refused('bad-date', `${actDate} is no day`, { field: 'actDate' });
  if (actDate <= daysOf(meta.at).last) return;
  throw new Refused('out-of-order', 'the act is dated after the control', { field: 'actDate' });
}
