import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { stoneStream } from '#events/streams';
import { soleOwner } from '#libs/trade/holding';
import type { Table, ViewWriter } from '#libs/views/views';
import type { FlagFold, FlaggedEvent } from '#projections/flags/flag';
import { flaggedEvent, raise } from '#projections/flags/flag';

/** Who holds the title by the chain so far, `null` where nobody is known to, and since which event. */
type Owned = Readonly<{ subject: string; owner: string | null; since: FlaggedEvent }>;

const owned: Table<Owned> = {
  name: 'flag_owned',
  columns: { subject: 'text', owner: 'text?', since: 'json' },
  key: ['subject'],
};

/**
 * `title-not-held`: two records turn out to be of one stone, and each has an owner of its own. In one
 * stream the deciders let only the holder sell, so a broken chain there is a ledger not made by them.
 */
export const titles: FlagFold = {
  tables: [owned],
  handles: [
    'RoughDiamondRecovered',
    'ProductionLotRecovered',
    'JewelleryItemMade',
    'HistoryOpened',
    'ParcelHistoryOpened',
    'StoneOpened',
    'ParcelOpened',
    'MixReceived',
    'TitleTransferred',
    'TitleShareTransferred',
    'TitleContestResolved',
    'Forfeited',
    'StoneUnset',
    'RetailSold',
    'ReturnedByCustomer',
    'Repurchased',
    'IdentitiesMerged',
  ],
  project,
  forget: (subject, views) => views.delete(owned, { subject }),
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const { stream: subject } = event;
  if (event.type === 'IdentitiesMerged') return checkMerged(event, views);
  if (event.type === 'TitleTransferred') {
    const row = await views.get(owned, { subject });
    const { from } = event.data;
    if (row && row.owner !== null && row.owner !== from) {
      const said = `${from} passed on what ${row.owner} holds since position ${row.since.position}`;
      await raise(views, 'title-not-held', event, said, [row.since]);
    }
  }
  if (event.type === 'MixReceived' && (await views.get(owned, { subject }))) return;
  const owner = ownerAfter(event);
  if (owner === undefined) return;
  views.put(owned, { subject, owner, since: flaggedEvent(event) });
}

async function checkMerged(
  event: Extract<Recorded<LedgerEvent>, { type: 'IdentitiesMerged' }>,
  views: ViewWriter,
): Promise<void> {
  const here = await views.get(owned, { subject: event.stream });
  for (const id of event.data.merged) {
    const there = await views.get(owned, { subject: stoneStream(id) });
    if (!here?.owner || !there?.owner || here.owner === there.owner) continue;
    const said = `one stone, owned by ${here.owner} here and by ${there.owner} as ${id}`;
    await raise(views, 'title-not-held', event, said, [here.since, there.since]);
  }
}

function ownerAfter(event: Recorded<LedgerEvent>): string | null | undefined {
  switch (event.type) {
    case 'RoughDiamondRecovered':
    case 'ProductionLotRecovered':
    case 'JewelleryItemMade':
    case 'ReturnedByCustomer':
    case 'Repurchased':
      return event.meta.by;
    case 'HistoryOpened':
    case 'ParcelHistoryOpened':
      return event.data.owner ?? null;
    case 'StoneOpened':
    case 'ParcelOpened':
    case 'MixReceived':
    case 'StoneUnset':
      return event.data.owner;
    case 'TitleTransferred':
    case 'Forfeited':
      return event.data.to;
    case 'TitleShareTransferred':
      return soleOwner(event.data.shares);
    case 'TitleContestResolved':
      return event.data.passed?.to;
    case 'RetailSold':
      return null;
    default:
      return undefined;
  }
}
