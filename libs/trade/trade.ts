import type { Draft } from '#events/event';
import type { TradeEvent } from '#events/trade';
import type { Money, Weight } from '#events/values';
import type { Mention } from '#libs/decider/acts';
import { factsOf } from '#libs/decider/acts';
import type { CommandMeta } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { needCustody, needTitle } from '#libs/trade/holder';
import type { Holding, Release } from '#libs/trade/holding';
import type { TradeCommand, TransferTitle } from '#libs/trade/trade-command';

/**
 * What a command on goods held as `holding` brings about. `weigh` checks a weighing of the goods
 * and throws when they cannot weigh that.
 */
export function decideTrade(
  command: TradeCommand,
  holding: Holding,
  weigh: (weight: Weight) => void,
): Draft<TradeEvent> {
  const { meta } = command;
  switch (command.type) {
    case 'ReleaseCustody': {
      needCustody(meta, holding);
      checkOther(meta, command.to, 'to');
      if (command.weight) weigh(command.weight);
      return { type: 'CustodyReleased', data: { from: meta.by, ...factsOf(command) } };
    }
    case 'AcceptCustody': {
      const { to } = releaseTo(meta, holding);
      if (command.weight) weigh(command.weight);
      const data = { from: holding.custodian, to, ...factsOf(command) };
      return { type: 'CustodyAccepted', data };
    }
    case 'RefuseCustody': {
      const { to } = releaseTo(meta, holding);
      return {
        type: 'CustodyRefused',
        data: { from: holding.custodian, to, reason: command.reason },
      };
    }
    case 'OfferForSale':
      needTitle(meta, holding);
      if (holding.buyer !== null) {
        throw new Refused('award-stands', `the goods are awarded to ${holding.buyer}`);
      }
      checkPrice(command.reserve, 'reserve');
      return { type: 'OfferedForSale', data: factsOf(command) };
    case 'AwardLot':
      needTitle(meta, holding);
      checkOther(meta, command.buyer, 'buyer');
      checkPrice(command.price, 'price');
      if (holding.offer === null) throw new Refused('not-offered', 'there is no open offer');
      return { type: 'LotAwarded', data: { channel: holding.offer, ...factsOf(command) } };
    case 'TransferTitle':
      needTitle(meta, holding);
      checkOther(meta, command.to, 'to');
      checkPrice(command.price, 'price');
      checkBuyer(command, holding);
      return { type: 'TitleTransferred', data: { from: meta.by, ...factsOf(command) } };
  }
}

/** The parties a command names besides the one that acts. */
export function tradeMentions(command: TradeCommand): readonly Mention[] {
  switch (command.type) {
    case 'ReleaseCustody':
    case 'TransferTitle':
      return [{ party: command.to, field: 'to' }];
    case 'AwardLot':
      return [{ party: command.buyer, field: 'buyer' }];
    case 'AcceptCustody':
    case 'RefuseCustody':
    case 'OfferForSale':
      return [];
  }
}

function releaseTo(meta: CommandMeta, { release }: Holding): Release {
  if (!release) throw new Refused('not-released', 'the goods were not released to anybody');
  if (release.to !== meta.by) {
    throw new Refused('not-receiver', `the goods were released to ${release.to}`, { by: meta.by });
  }
  return release;
}

function checkOther(meta: CommandMeta, party: string, field: string): void {
  if (party !== meta.by) return;
  throw new Refused('to-itself', 'giver and receiver are the same party', { field, party });
}

function checkBuyer({ to, basis }: TransferTitle, { buyer }: Holding): void {
  if (basis !== 'sale' || buyer === null || buyer === to) return;
  throw new Refused('not-the-buyer', `the goods are awarded to ${buyer}`, { field: 'to', to });
}

function checkPrice(price: Money | undefined, field: string): void {
  if (!price) return;
  const { minor, currency } = price;
  if (Number.isSafeInteger(minor) && minor >= 0 && /^[A-Z]{3}$/.test(currency)) return;
  throw new Refused('bad-price', `${field} is no amount of money`, { field });
}
