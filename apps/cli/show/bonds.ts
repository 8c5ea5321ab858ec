import type { Dossier } from '#projections/dossier';
import { countriesOf } from '#projections/history/words';

/** What lies on goods and what they are free of, a line each; `clear` for nothing at all. */
export function bondsTold({ bonds }: Pick<Dossier, 'bonds'>): readonly string[] {
  const { seizure, missing, holds, memo, pledges, seal, contests, titleContests } = bonds;
  const told = [
    ...(seizure ? [`seized by ${seizure.authority} under ${seizure.orderNo}`] : []),
    ...(missing ? [`reported ${missing}`] : []),
    ...holds.map(({ holdNo, by, officer }) => `on hold ${holdNo}, put by ${officer} of ${by}`),
    ...(memo ? [memoTold(memo)] : []),
    ...pledges.map(
      ({ pledgeNo, lender, priority }) => `pledged to ${lender}, rank ${priority}: ${pledgeNo}`,
    ),
    ...titleContests.map(({ contestNo, claimant }) => `title claimed by ${claimant}: ${contestNo}`),
    ...contests.map(contestTold),
    ...(seal === null ? [] : [`in a packet under seal ${seal}`]),
  ];
  return told.length === 0 ? ['clear: nothing lies on it'] : told;
}

function memoTold({ memoNo, consignee, dueOn, expired }: NonNullable<Dossier['bonds']['memo']>) {
  return `on memo ${memoNo} to ${consignee}, due ${dueOn}${expired ? ', expired' : ''}`;
}

function contestTold({ contestNo, claimant, origin }: Dossier['bonds']['contests'][number]) {
  const instead = origin ? ` (says ${countriesOf(origin)})` : '';
  return `origin contested by ${claimant}${instead}: ${contestNo}`;
}
