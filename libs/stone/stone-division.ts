import type { Piece } from '#events/stone';
import type { Weight } from '#events/values';
import type { Stone } from '#libs/stone/stone-state';
import { checkMayHaveParts, checkParts } from '#libs/trade/part';
import {
  checkAccounted,
  checkNotGained,
  checkWeight,
  heaviestStone,
  taken,
} from '#libs/trade/weight';

/** What all that is left of a stone becomes. */
type Division = Readonly<{ pieces: readonly Readonly<{ weight: Weight }>[]; loss: Weight }>;

/** The numbered pieces of a division of all that is left, at least `least` of them (domain I1). */
export function divided({ pieces, loss }: Division, state: Stone, least: number): readonly Piece[] {
  checkMayHaveParts(state.idLength);
  checkParts(pieces.length, least, 'pieces');
  pieces.forEach(({ weight }, i) => checkWeight(weight, `pieces.${i}.weight`, heaviestStone));
  checkWeight(loss, 'loss', heaviestStone, 0);
  const weights = pieces.map(({ weight }) => weight);
  const after = taken(state.balance, weights, loss);
  checkNotGained(after);
  checkAccounted(after);
  return weights.map((weight, i) => ({ n: state.parts + i + 1, weight }));
}
