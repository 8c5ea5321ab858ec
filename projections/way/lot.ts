import type { Content, ParcelOpened } from '#events/parcel';
import { heaviestThrough } from '#libs/parcel/sieve';
import { mctBounds } from '#libs/rulebook/facts';
import type { MctBounds } from '#libs/rulebook/facts';
import { heaviestStone } from '#libs/trade/weight';
import type { Way } from '#projections/way/way';

/**
 * What any one stone of a lot can weigh: no more than all of them, nor than falls through the sieve
 * polished goods are of; a lone piece weighs what the lot does. An average bounds nothing. Null
 * where no end is known.
 */
export function eachOf({ weight, pieces }: Content, sieve?: string): MctBounds | null {
  const { min, max } = mctBounds(weight);
  const through = sieve === undefined ? null : heaviestThrough(sieve);
  const most = lesser(max, through);
  if (most === null || most > heaviestStone) return null;
  return { min: pieces === 1 && max === most ? min : 0, max: most };
}

/** A stone of a part was one of the whole, and weighs no more for being worked on. */
export function eachOfPart(
  { content, form, sieve }: ParcelOpened['data'],
  from: Way | undefined,
): MctBounds | null {
  const own = eachOf(content, form === 'polished' ? sieve : undefined);
  return atMost(own, from?.each ?? null);
}

/** What was mixed into a lot can weigh what it could before; of both the wider holds. */
export function eachOfMix(one: MctBounds | null, other: MctBounds | null): MctBounds | null {
  if (one === null || other === null) return null;
  const max = one.max === null || other.max === null ? null : Math.max(one.max, other.max);
  return { min: Math.min(one.min, other.min), max };
}

/** A stone that was one of `whole` weighs no more than any of these; weighed heavier, it stands. */
export function atMost(own: MctBounds | null, whole: MctBounds | null): MctBounds | null {
  if (whole === null || whole.max === null) return own;
  if (own === null) return { min: 0, max: whole.max };
  return own.min > whole.max ? own : { min: own.min, max: lesser(own.max, whole.max) };
}

function lesser(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
