import { longestId, parseStream } from '#events/streams';
import { Refused } from '#libs/decider/decider';

/** A derived id adds a sign and the running number of the part. */
const longestSuffix = 9;

/** The outputs one act may record: a leaf of them stays far below its 48 kB. */
const mostParts = 200;

/** The longest an id derived from the goods in `parentStream` can be. */
export function longestPartId(parentStream: string): number {
  return (parseStream(parentStream)?.id.length ?? longestId) + longestSuffix;
}

/** Throws `too-many-generations` when goods with an id this long can have no parts. */
export function checkMayHaveParts(idLength: number): void {
  if (idLength + longestSuffix <= longestId) return;
  throw new Refused('too-many-generations', 'the goods were divided too often for their ids');
}

/** Throws `too-few-parts` or `too-many-parts`; `field` names the list in the command. */
export function checkParts(count: number, least: number, field: string): void {
  if (count < least) {
    throw new Refused('too-few-parts', `${field} are fewer than ${least}`, { field });
  }
  if (count > mostParts) {
    throw new Refused('too-many-parts', `${field} are more than ${mostParts}`, { field });
  }
}
