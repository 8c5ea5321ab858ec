import type { LedgerEvent } from '#events/ledger-event';
import type { StoneForm } from '#events/stone';
import { weightBases } from '#events/values';
import type { Weight } from '#events/values';
import { daysOf } from '#libs/decider/when';
import { uniqueThresholdOn } from '#libs/reference/unique-stones';
import type { Range } from '#libs/trade/weight';
import { canWeigh, stoneError } from '#libs/trade/weight';

const bases: ReadonlySet<unknown> = new Set(weightBases);

/**
 * Rules that begin at a weight are about the stone and its own weight, and say how that weight is
 * known (domain I16). `left` is what the goods can weigh before the event.
 */
export function thresholdLaw(left: () => Range | null) {
  let form: StoneForm = 'rough';

  /** What the next event in force does not fit in with, in words; empty when it does. */
  return function* take(event: LedgerEvent): Generator<string> {
    const { type, data, meta } = event;
    for (const { mct, basis } of weightsIn(event)) {
      if (!bases.has(basis)) yield `I16: ${type} does not say how ${mct} mct are known`;
    }
    switch (type) {
      case 'HistoryOpened':
      case 'StoneOpened':
        ({ form } = data);
        return;
      case 'UniqueStoneDesignated': {
        const threshold = uniqueThresholdOn(daysOf(meta.at).last, data.country ?? 'RU');
        const ofForm = form === 'polished' ? threshold?.polishedMct : threshold?.roughMct;
        const least = data.threshold?.leastMct ?? ofForm ?? Infinity;
        const most = left()?.max ?? 0;
        if (most < least) yield `I16: unique from ${least} mct on, the stone weighs ${most}`;
        return;
      }
      case 'StoneSet': {
        const range = left();
        if (!range || canWeigh(data.weight, range, stoneError)) return;
        yield `I16: set with ${data.weight.mct} mct, the stone weighs ${range.min} to ${range.max}`;
        return;
      }
      default:
    }
  };
}

/** The weights that an event states of goods. */
function weightsIn({ data }: LedgerEvent): readonly Weight[] {
  const { weight, weightAfter, content, pieces, parts } = data as Stating;
  const many = [pieces, parts].flatMap((each) => (Array.isArray(each) ? each : []));
  const all = [weight, weightAfter, content?.weight, ...many.map(ofPart)];
  return all.filter((each) => typeof each === 'object' && each !== null) as readonly Weight[];
}

type Part = Readonly<{ weight?: Weight; content?: Readonly<{ weight: Weight }> }>;
type Stating = Part &
  Readonly<{ weightAfter?: Weight; pieces?: readonly Part[]; parts?: readonly Part[] }>;

function ofPart({ weight, content }: Part): Weight | undefined {
  return weight ?? content?.weight;
}
