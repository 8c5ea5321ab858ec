import type { JewelleryEvent } from '#events/jewellery';
import type { OriginDeclared } from '#events/stone';
import type { TradeEvent } from '#events/trade';
import { moneyText } from '#libs/trade/price';
import { carats } from '#projections/history/words';

type ItemEvent = Exclude<JewelleryEvent, TradeEvent | OriginDeclared>;

const types: Readonly<Record<ItemEvent['type'], true>> = {
  JewelleryItemMade: true,
  StoneTakenIn: true,
  StoneNotTakenIn: true,
  MeleeTakenIn: true,
  MeleeNotTakenIn: true,
  StoneLetGo: true,
  ItemBrokenUp: true,
  HallmarkApplied: true,
  HallmarkReturned: true,
  HallmarkRecognised: true,
  UinAssigned: true,
  UinRefused: true,
  RetailSold: true,
  ReturnedByCustomer: true,
  Repurchased: true,
};

export const itemEventTypes = Object.keys(types) as readonly ItemEvent['type'][];

export function isItemEvent<E extends Readonly<{ type: string }>>(
  event: E,
): event is Extract<E, ItemEvent> {
  return Object.hasOwn(types, event.type);
}

/** What happened to a piece of jewellery, in the words of the trade. */
export function itemLine({ type, data, meta: { by } }: ItemEvent): string {
  switch (type) {
    case 'JewelleryItemMade': {
      const { description, metal, fineness, grossMg } = data;
      return `${by} made it: ${description}, ${metal} ${fineness}, ${(grossMg / 1000).toFixed(2)} g`;
    }
    case 'StoneTakenIn':
      return `stone ${data.stone} of ${carats(data.weight)} set in it`;
    case 'StoneNotTakenIn':
      return `stone ${data.stone} could not be set (${data.code})`;
    case 'MeleeTakenIn':
      return `${carats(data.content.weight)} of melee from parcel ${data.parcel} set in it`;
    case 'MeleeNotTakenIn':
      return `melee from parcel ${data.parcel} could not be set (${data.code})`;
    case 'StoneLetGo':
      return `stone ${data.stone} taken out`;
    case 'ItemBrokenUp':
      return `broken up: ${data.reason}`;
    case 'HallmarkApplied': {
      const number = data.uin === undefined ? '' : `, UIN ${data.uin}`;
      return `${by} struck ${data.mark} in ${data.country}${number}`;
    }
    case 'HallmarkReturned':
      return `mark with UIN ${data.uin} does not count (${data.code})`;
    case 'HallmarkRecognised':
      return `${by} lets the mark of ${data.markCountry} count in ${data.state} from ${data.validFrom}`;
    case 'UinAssigned':
      return `UIN ${data.uin} is that of ${data.item}`;
    case 'UinRefused':
      return `UIN ${data.uin} refused to ${data.item} (${data.code})`;
    case 'RetailSold': {
      const price = data.price ? ` for ${moneyText(data.price)}` : '';
      return `${by} sold it to a consumer${price}, receipt ${data.receiptNo}`;
    }
    case 'ReturnedByCustomer':
      return `${by} took it back from the consumer, receipt ${data.receiptNo}`;
    case 'Repurchased':
      return `${by} bought it from a consumer${data.price ? ` for ${moneyText(data.price)}` : ''}`;
  }
}
