import type { Names } from '#libs/documents/goods-file';
import { partyTold } from '#libs/documents/goods-file';
import type { Dossier } from '#projections/dossier';
import { countriesOf } from '#projections/history/words';

/** What lies on goods and what they are free of, a line each; `clear` for nothing at all. */
export function bondsTold({ bonds, names }: Pick<Dossier, 'bonds' | 'names'>): readonly string[] {
  const { seizure, missing, holds, memo, pledges, seal, contests, titleContests } = bonds;
  const told = [
    ...(seizure
      ? [`seized by ${partyTold(seizure.authority, names)} under ${seizure.orderNo}`]
      : []),
    ...(missing ? [`reported ${missing}`] : []),
    ...holds.map(
      ({ holdNo, by, officer }) =>
        `on hold ${holdNo}, put by ${officer} of ${partyTold(by, names)}`,
    ),
    ...(memo ? [memoTold(memo, names)] : []),
    ...pledges.map(
      ({ pledgeNo, lender, priority }) =>
        `pledged to ${partyTold(lender, names)}, rank ${priority}: ${pledgeNo}`,
    ),
    ...titleContests.map(
      ({ contestNo, claimant }) => `title claimed by ${partyTold(claimant, names)}: ${contestNo}`,
    ),
    ...contests.map((contest) => contestTold(contest, names)),
    ...(seal === null ? [] : [`in a packet under seal ${seal}`]),
  ];
  return told.length === 0 ? ['clear: nothing lies on it'] : told;
}

function memoTold(
  { memoNo, consignee, dueOn, expired }: NonNullable<Dossier['bonds']['memo']>,
  names: Names,
) {
  return `on memo ${memoNo} to ${partyTold(consignee, names)}, due ${dueOn}${expired ? ', expired' : ''}`;
}

function contestTold(
  { contestNo, claimant, origin }: Dossier['bonds']['contests'][number],
  names: Names,
) {
  const instead = origin ? ` (says ${countriesOf(origin)})` : '';
  return `origin contested by ${partyTold(claimant, names)}${instead}: ${contestNo}`;
}
