import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { Standing } from '#libs/trade/bounds';
import { standingOf } from '#libs/trade/bounds';
import type { Holding } from '#libs/trade/holding';
import { evolveHolding, heldBy } from '#libs/trade/holding';
import { isTradeEvent } from '#libs/trade/kinds';
import { forgetSubject } from '#projections/forget';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';

/** What others have on goods, and whether they are free to move. */
export type Bonds = Pick<
  Holding,
  'memo' | 'pledges' | 'missing' | 'seizure' | 'holds' | 'seal' | 'contests' | 'titleContests'
> &
  Readonly<{ standing: Standing }>;

type BondsRow = Bonds & Readonly<{ subject: string }>;

const bonds: Table<BondsRow> = {
  name: 'standing',
  columns: {
    subject: 'text',
    standing: 'text',
    memo: 'json?',
    pledges: 'json',
    missing: 'text?',
    seizure: 'json?',
    holds: 'json',
    seal: 'text?',
    contests: 'json',
    titleContests: 'json',
  },
  key: ['subject'],
  indexes: [['standing']],
};

/** Memos, pledges, loss, theft, seizure, holds, seals and contests of origin and title, of goods that ever had any. */
export const standing: Projection = {
  name: 'standing',
  version: 2,
  tables: [bonds],
  handles: [
    'MemoIssued',
    'MemoExtended',
    'MemoReturned',
    'MemoConvertedToSale',
    'MemoExpired',
    'PledgeRegistered',
    'PledgeConsentGiven',
    'CuttingConsentGiven',
    'PledgeReleased',
    'PledgeEnforced',
    'LossReported',
    'TheftReported',
    'Recovered',
    'Seized',
    'Forfeited',
    'TitleTransferred',
    'TitleShareTransferred',
    'TitleContested',
    'TitleContestResolved',
    'StoneOpened',
    'ParcelOpened',
    'ReleasedFromSeizure',
    'HoldPlaced',
    'HoldReleased',
    'PacketSealed',
    'PacketSealBreachFound',
    'PacketUnsealed',
    'OriginContested',
    'OriginContestResolved',
  ],
  project,
  forget: forgetSubject(bonds),
};

/** The decider's own fold; who holds and owns the goods is told by custody and title. */
async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const { stream: subject } = event;
  if (event.type === 'StoneOpened' || event.type === 'ParcelOpened') {
    const { pledges } = event.data;
    if (pledges) views.put(bonds, { subject, ...bondsOf(heldBy('', null, { pledges })) });
    return;
  }
  if (!isTradeEvent(event)) return;
  const row = await views.get(bonds, { subject });
  const isMove = event.type === 'TitleTransferred' || event.type === 'TitleShareTransferred';
  if (!row && isMove) return;
  const after = evolveHolding({ ...heldBy('', null), ...row }, event);
  views.put(bonds, { subject, ...bondsOf(after) });
}

function bondsOf(holding: Holding): Bonds {
  const { memo, pledges, missing, seizure, holds, seal, contests, titleContests } = holding;
  const now = standingOf(holding);
  return { standing: now, memo, pledges, missing, seizure, holds, seal, contests, titleContests };
}

/** What lies on the goods of a stream now; nothing, for goods that never had anything. */
export async function bondsOn(views: ViewReader, subject: string): Promise<Bonds> {
  const row = await views.get(bonds, { subject });
  if (!row) return bondsOf(heldBy('', null));
  const { subject: _, ...found } = row;
  return found;
}
