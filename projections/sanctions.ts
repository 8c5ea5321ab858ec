import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { idOf } from '#events/streams';
import type { Facts } from '#libs/rulebook/facts';
import { factsOf } from '#projections/way/facts';
import { evolveHolders, holderEvents } from '#projections/holders';
import type { Holders } from '#projections/holders';
import { articleOf } from '#projections/setting';
import { changeKind, leaveKind } from '#projections/verdicts/kinds';
import { review } from '#projections/verdicts/review';
import { adopt, stateOf, versionOf } from '#projections/verdicts/rules';
import {
  annulledRows,
  editionRows,
  goodsRows,
  kindRows,
  stateRows,
  verdictRows,
} from '#projections/verdicts/tables';
import type { GoodsRow, VerdictRow } from '#projections/verdicts/tables';
import { refreshed } from '#projections/way/article';
import { wayBehind, wayEvents } from '#projections/way/events';
import { evolveWay } from '#projections/way/way';
import type { Way } from '#projections/way/way';
import type { Projection, ViewReader, ViewWriter } from '#libs/views/views';

/**
 * `way` is the one that verdicts are of: of the article `setIn` (an id) that holds a stone, else of the
 * goods. `facts` are those told to the EU's rules; other jurisdictions count territory otherwise.
 */
export type Sanctions = GoodsRow & Readonly<{ setIn: string | null; facts: Facts }>;

/**
 * What import measures could say of all goods, and what those of every jurisdiction say
 * of importing it now. Goods that no rule can tell apart are judged once, as one kind.
 */
export const sanctions: Projection = {
  name: 'sanctions',
  version: 16,
  tables: [goodsRows, annulledRows, kindRows, verdictRows, editionRows, stateRows],
  handles: [...new Set([...wayEvents, ...holderEvents, 'RuleBookAdopted' as const])],
  project,
  forget,
  projectAnnulled,
  review,
  reviewAfter: ['RuleBookAdopted'],
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  if (event.type === 'RuleBookAdopted') return adopt(event, views);
  const { stream: subject } = event;
  const row = event.revision === 0 ? undefined : await views.get(goodsRows, { subject });
  const behind = wayBehind(event);
  const before = behind === undefined ? undefined : await views.get(goodsRows, { subject: behind });
  const way = evolveWay(row?.way, event, before?.way);
  const holders = evolveHolders(row && holdersOf(row), event);
  if (!way || !holders) return;
  const item = await articleOf(views, { subject, way });
  const now = { subject, way, ...(item ? heldAs(item, holders) : holders) };
  await place(views, row, now, item?.way ?? way);
  await placeParts(views, { ...now, ...holders });
  if (way === row?.way || !item || event.type === 'StoneSet') return;
  const article = { ...item, way: refreshed(item.way, subject, way), ...holdersOf(item) };
  await place(views, item, article, article.way);
  await placeParts(views, article);
}

/** Goods as they are to be kept. */
type Placed = Pick<GoodsRow, 'subject' | 'way'> & Holders;

/** Keeps goods as they are now, and counts them as of the kind of what they are judged as. */
async function place(
  views: ViewWriter,
  row: GoodsRow | undefined,
  { subject, way, owner, custodian, isThere }: Placed,
  judged: Way,
): Promise<void> {
  if (row && way === row.way && judged === way && isThere === (row.kind !== '')) {
    if (owner === row.owner && custodian === row.custodian) return;
    return views.put(goodsRows, { ...row, owner, custodian });
  }
  const kind = isThere ? await changeKind(views, row?.kind ?? '', judged) : '';
  if (row && row.kind !== '' && !isThere) await leaveKind(views, row.kind);
  views.put(goodsRows, { subject, way, kind, owner, custodian });
}

/** Stones that are set are owned, held (domain I12) and judged as the article is. */
async function placeParts(views: ViewWriter, item: Placed): Promise<void> {
  for (const { stream: subject } of item.way.parts) {
    const row = await views.get(goodsRows, { subject });
    if (row?.way.setIn !== item.subject) continue;
    await place(views, row, { ...row, ...heldAs(item, holdersOf(row)) }, item.way);
  }
}

function heldAs({ owner, custodian }: Pick<Holders, 'owner' | 'custodian'>, own: Holders): Holders {
  return { ...own, owner, custodian };
}

function holdersOf({ owner, custodian, kind }: GoodsRow): Holders {
  return { owner, custodian, isThere: kind !== '' };
}

function projectAnnulled({ stream: subject, revision }: Recorded, views: ViewWriter): void {
  if (revision === 0 && /^(?:stone|parcel|jewellery)-/.test(subject)) {
    views.put(annulledRows, { subject });
  }
}

async function forget(subject: string, views: ViewWriter): Promise<void> {
  views.delete(annulledRows, { subject });
  const row = await views.get(goodsRows, { subject });
  if (!row) return;
  if (row.kind !== '') await leaveKind(views, row.kind);
  views.delete(goodsRows, { subject });
}

/** What import measures turn on; `undefined` when the ledger does not know the goods. */
export async function sanctionsOf(
  views: ViewReader,
  subject: string,
): Promise<Sanctions | undefined> {
  const row = await views.get(goodsRows, { subject });
  if (!row) return undefined;
  const item = await articleOf(views, row);
  const { way } = item ?? row;
  return { ...row, way, setIn: item ? idOf(item.subject) : null, facts: factsOf(way, 'EU') };
}

/** A stored verdict; `version` names the rules it is of. */
export type StoredVerdict = Omit<VerdictRow, 'edition' | 'kind'> & Readonly<{ version: string }>;

/** What every jurisdiction's rules say of importing goods now; none, once they were cut or used up. */
export async function verdictsOf(
  views: ViewReader,
  subject: string,
): Promise<readonly StoredVerdict[]> {
  const { kind = '' } = (await views.get(goodsRows, { subject })) ?? {};
  const found: StoredVerdict[] = [];
  if (kind === '') return found;
  for (const [jurisdiction, { current }] of Object.entries((await stateOf(views)).jurisdictions)) {
    const key = current !== null && { jurisdiction, edition: current, kind };
    const row = key && (await views.get(verdictRows, key));
    if (!row) continue;
    const { edition, kind: _, ...verdict } = row;
    found.push({ ...verdict, version: versionOf(edition) });
  }
  return found;
}
