import type { Event, Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { parseStream, partId, singledOutId } from '#events/streams';
import type { Weight } from '#events/values';
import {
  type Account,
  hasGained,
  isMissingSome,
  putIn,
  takeOut,
} from '#test/property/pipeline-account';

/** A part that an event announced: where it must be opened, with what weight. */
export type Announced = Readonly<{ stream: string; cause: string; weight: Weight }>;

/** Goods as their events tell, whatever the deciders think of it. */
export type Goods = Readonly<{
  stream: string;
  form: 'rough' | 'piece' | 'polished' | 'parcel';
  custodian: string;
  owner: string | null;
  releasedTo: string | null;
  account: Account;
  consumedBy: string | null;
  parts: readonly Announced[];
  /** What went into another parcel as a whole. */
  gave: Weight | null;
}>;

/** Goods after an event, and every rule of the trade that the event broke. */
export function after(
  goods: Goods | undefined,
  event: Recorded<LedgerEvent>,
): Readonly<{ goods: Goods | undefined; broken: readonly string[] }> {
  const broken: string[] = [];
  const rule = (holds: boolean, text: string) => {
    if (!holds) broken.push(`${event.stream}@${event.revision} ${event.type}: ${text}`);
  };
  const { type } = event;
  const isOpening = openings.has(type) && !(type === 'MixReceived' && goods);
  rule(isOpening === (goods === undefined), isOpening ? 'opened twice' : 'happened to nothing');
  if (goods) {
    const isReturn = type === 'MixReturned' && goods.consumedBy === 'ParcelMixed';
    const isAnswer = type === 'MixRefused';
    rule(goods.consumedBy === null || isReturn || isAnswer, `after ${goods.consumedBy}`);
  }
  const next = goods ? living(goods, event, rule) : opened(event);
  if (next) {
    rule(!hasGained(next.account), 'more came out than went in');
    const isAccounted = accounted.has(type);
    rule(!isAccounted || !isMissingSome(next.account), 'weight is missing');
  }
  return { goods: next, broken };
}

const openings: ReadonlySet<string> = new Set([
  'RoughDiamondRecovered',
  'HistoryOpened',
  'StoneOpened',
  'ProductionLotRecovered',
  'ParcelOpened',
  'MixReceived',
]);

const accounted: ReadonlySet<string> = new Set([
  'RoughSawn',
  'RoughCleaved',
  'ManufacturingClosed',
  'ParcelSorted',
]);

function opened(event: Recorded<LedgerEvent>): Goods | undefined {
  const { stream, meta } = event;
  const base = { stream, releasedTo: null, consumedBy: null, parts: [], gave: null } as const;
  const byActor = { custodian: meta.by, owner: meta.by };
  switch (event.type) {
    case 'RoughDiamondRecovered': {
      const account = putIn(undefined, event.data.weight, false);
      return { ...base, ...byActor, form: 'rough', account };
    }
    case 'HistoryOpened': {
      const { form, weight, owner = null } = event.data;
      return { ...base, ...byActor, owner, form, account: putIn(undefined, weight, false) };
    }
    case 'StoneOpened': {
      const { form, weight, custodian, owner } = event.data;
      return { ...base, custodian, owner, form, account: putIn(undefined, weight, false) };
    }
    case 'ProductionLotRecovered': {
      const account = putIn(undefined, event.data.content.weight, true);
      return { ...base, ...byActor, form: 'parcel', account };
    }
    case 'ParcelOpened':
    case 'MixReceived': {
      const { content, custodian, owner } = event.data;
      const account = putIn(undefined, content.weight, true);
      return { ...base, custodian, owner, form: 'parcel', account };
    }
    default:
      return undefined;
  }
}

type Rule = (holds: boolean, text: string) => void;

function living(goods: Goods, event: Recorded<LedgerEvent>, rule: Rule): Goods {
  const { account, custodian, owner, releasedTo } = goods;
  const { by } = event.meta;
  const held = () => rule(by === custodian && releasedTo === null, `${by} does not hold it`);
  switch (event.type) {
    case 'CustodyReleased':
      held();
      rule(event.data.from === custodian, 'released by another than the custodian');
      rule(event.data.to !== custodian, 'released to itself');
      return { ...goods, releasedTo: event.data.to };
    case 'CustodyAccepted':
      rule(by === releasedTo && event.data.to === releasedTo, 'accepted by another');
      rule(event.data.from === custodian, 'accepted from another');
      return { ...goods, custodian: event.data.to, releasedTo: null };
    case 'CustodyRefused':
      rule(by === releasedTo, 'refused by another');
      return { ...goods, releasedTo: null };
    case 'TitleTransferred':
      rule(by === owner && event.data.from === owner, 'sold by another than the owner');
      return { ...goods, owner: event.data.to };
    case 'OfferedForSale':
    case 'LotAwarded':
      rule(by === owner, 'offered by another than the owner');
      return goods;
    case 'ParcelSorted': {
      held();
      const { parts, loss } = event.data;
      const weights = parts.map(({ content }) => content.weight);
      const next = divided(
        goods,
        event,
        parts.map(({ n, content }) => [n, content.weight]),
      );
      return { ...next, account: takeOut(account, weights, loss), consumedBy: event.type };
    }
    case 'ParcelSplit': {
      held();
      const { parts } = event.data;
      return divided(
        goods,
        event,
        parts.map(({ n, content }) => [n, content.weight]),
        true,
      );
    }
    case 'StoneSingledOut': {
      held();
      const { n, weight } = event.data;
      const id = singledOutId(idOf(goods), n);
      const part = { stream: `stone-${id}`, cause: event.meta.id, weight };
      return { ...goods, parts: [...goods.parts, part], account: takeOut(account, [weight]) };
    }
    case 'ParcelMixed':
      held();
      return { ...goods, consumedBy: event.type, gave: event.data.content.weight };
    case 'MixReturned':
      return { ...goods, consumedBy: null, gave: null };
    case 'MixReceived':
      rule(event.data.custodian === custodian, 'took in what another holds');
      rule(event.data.owner === owner, 'took in what another owns');
      return { ...goods, account: putIn(account, event.data.content.weight, true) };
    case 'RoughSawn':
    case 'RoughCleaved': {
      held();
      const { pieces, loss } = event.data;
      const weights = pieces.map(({ weight }) => weight);
      const next = divided(
        goods,
        event,
        pieces.map(({ n, weight }) => [n, weight]),
      );
      return { ...next, account: takeOut(account, weights, loss), consumedBy: event.type };
    }
    case 'PolishedDiamondProduced': {
      held();
      rule(goods.form !== 'polished', 'polished is polished');
      return divided(goods, event, [[event.data.n, event.data.weight]], true);
    }
    case 'PolishedParcelProduced': {
      held();
      return divided(goods, event, [[event.data.n, event.data.content.weight]], true);
    }
    case 'LaboratoryGrownDetected': {
      const { part } = event.data;
      return part ? divided(goods, event, [[part.n, part.content.weight]], true) : goods;
    }
    case 'MeleeSet':
      held();
      return { ...goods, account: takeOut(account, [event.data.content.weight]) };
    case 'MeleeReturned':
      return { ...goods, account: putIn(account, event.data.content.weight, true) };
    case 'Recovered':
    case 'Seized':
    case 'StoneUnset':
      return { ...goods, custodian: event.data.custodian, releasedTo: null };
    case 'ReturnedByCustomer':
    case 'Repurchased':
      return { ...goods, custodian: by, owner: by, releasedTo: null };
    case 'ManufacturingLossRecorded':
      held();
      return { ...goods, account: takeOut(account, [], event.data.weight) };
    case 'ManufacturingClosed':
      held();
      return { ...goods, consumedBy: event.type };
    default:
      return goods;
  }
}

/** Announces numbered parts of the same category; `weighs` takes them out of the account too. */
function divided(
  goods: Goods,
  { meta }: Event,
  numbered: readonly (readonly [number, Weight])[],
  weighs = false,
): Goods {
  const category = goods.form === 'parcel' ? 'parcel' : 'stone';
  const announced = numbered.map(([n, weight]): Announced => {
    return { stream: `${category}-${partId(idOf(goods), n)}`, cause: meta.id, weight };
  });
  const weights = numbered.map(([, weight]) => weight);
  return {
    ...goods,
    parts: [...goods.parts, ...announced],
    account: weighs ? takeOut(goods.account, weights) : goods.account,
  };
}

function idOf({ stream }: Goods): string {
  return parseStream(stream)?.id ?? stream;
}
