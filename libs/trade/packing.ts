import type { Draft, When } from '#events/event';
import type {
  GoodsCertified,
  GoodsDecertified,
  GoodsTransited,
  PackingEvent,
} from '#events/packing';
import type { HoldPlaced } from '#events/standing';
import { factsOf } from '#libs/decider/acts';
import type { RefusalCode } from '#libs/decider/codes';
import type { Command } from '#libs/decider/decider';
import { isBefore } from '#libs/decider/when';
import { Refused } from '#libs/decider/decider';
import { standingOf } from '#libs/trade/bounds';
import type { Holding } from '#libs/trade/holding';

/** By policy only: the shipment with this id takes the goods in, which the acting party packed. */
export type PackGoods = Command<'PackGoods'> & Readonly<{ shipment: string; cause: string }>;

/** By policy only: the goods are out of the shipment. */
export type UnpackGoods = Command<'UnpackGoods'> & Readonly<{ shipment: string; cause: string }>;

/** By policy only: the shipment the goods are in is in quarantine, so they are on hold. */
export type QuarantineGoods = Command<'QuarantineGoods'> &
  Readonly<{ holdNo: string; reason: string }>;

/** By policy only: what the shipment, or the certificate, of the goods tells them. */
export type TellGoods =
  | (Command<'PassGoods'> & GoodsTransited['data'])
  | (Command<'CertifyGoods'> & GoodsCertified['data'])
  | (Command<'DecertifyGoods'> & GoodsDecertified['data']);

export type PackingCommand = PackGoods | UnpackGoods | QuarantineGoods | TellGoods;

const told = {
  PassGoods: 'GoodsTransited',
  CertifyGoods: 'GoodsCertified',
  DecertifyGoods: 'GoodsDecertified',
} as const;

const packingCommands: readonly string[] = [
  'PackGoods',
  'UnpackGoods',
  'QuarantineGoods',
  ...Object.keys(told),
];

export function isPackingCommand<C extends Readonly<{ type: string }>>(
  command: C,
): command is Extract<C, PackingCommand> {
  return packingCommands.includes(command.type);
}

/**
 * By policy, after a shipment was packed: the stream of the goods is the one place where it is
 * decided which shipment has them, once for each cause: a repeat changes nothing. `isOver` for goods
 * that are no longer, or that are set in jewellery. What happened to the goods after they were
 * packed, but is on record before, keeps them out.
 */
export function decidePacking(
  command: PackingCommand,
  goods: Readonly<{ holding: Holding; latest: When }> | null,
  isOver: boolean,
): readonly Draft<PackingEvent | HoldPlaced>[] {
  const holding = goods?.holding ?? null;
  if (command.type === 'QuarantineGoods') return quarantine(command, holding);
  if (!goods || !holding || holding.packings.includes(command.cause)) return [];
  if (isTold(command)) {
    const draft = { type: told[command.type], data: factsOf(command) };
    return [draft as Draft<PackingEvent>];
  }
  const { shipment, cause, meta } = command;
  if (command.type === 'UnpackGoods') {
    if (holding.shipment !== shipment) return [];
    return [{ type: 'GoodsUnpacked', data: factsOf(command) }];
  }
  const isLate = isBefore(meta.at, goods.latest);
  const code = isOver ? 'consumed' : isLate ? 'out-of-order' : whyNotPacked(holding, meta.by);
  if (code) return [{ type: 'PackingRefused', data: { shipment, cause, code } }];
  return [{ type: 'GoodsPacked', data: factsOf(command) }];
}

const isTold = (command: Readonly<{ type: string }>): command is TellGoods =>
  Object.hasOwn(told, command.type);

/** Lifted like any other hold, by another officer than whoever doubted the certificate. */
function quarantine(
  { holdNo, reason, meta }: QuarantineGoods,
  holding: Holding | null,
): readonly Draft<HoldPlaced>[] {
  if (!holding || holding.holds.some((hold) => hold.holdNo === holdNo)) return [];
  const data = { holdNo, reason, officer: meta.by, rule: 'kimberley-forgery' };
  return [{ type: 'HoldPlaced', data }];
}

/** Why the party could not pack such goods, if so. */
export function whyNotPacked(holding: Holding, by: string): RefusalCode | undefined {
  if (holding.shipment !== null) return 'goods-packed';
  if (holding.custodian !== by) return 'not-custodian';
  return standingOf(holding) === 'clear' ? undefined : 'not-clear';
}

/** What is not done with goods in a shipment; what concerns who holds and owns them goes on. */
export function needUnpacked({ shipment }: Holding): void {
  if (shipment === null) return;
  throw new Refused('goods-packed', `the goods are in shipment ${shipment}`, { shipment });
}
