import { idOf, stoneStream } from '#events/streams';
import { Refused } from '#libs/decider/decider';
import type { ViewReader } from '#libs/views/views';
import { dealingsOf } from '#projections/counterparties';
import type { Dealings } from '#projections/counterparties';
import type { Custody, CustodyInterval } from '#projections/custody';
import { custodyChain } from '#projections/custody';
import { cardOf } from '#projections/history/history';
import { historyOf } from '#projections/history/told';
import type { CardView } from '#projections/history/history';
import type { ShownStep } from '#projections/history/told';
import { itemOf } from '#projections/jewellery';
import type { JewelleryRow } from '#projections/jewellery';
import type { Lineage } from '#projections/lineage';
import { lineageOf } from '#projections/lineage';
import type { ShownOrigin } from '#projections/origin';
import { originOf, shownOf } from '#projections/origin';
import { partyOf } from '#projections/parties';
import type { Sanctions } from '#projections/sanctions';
import { sanctionsOf } from '#projections/sanctions';
import { bearingOf } from '#projections/setting';
import { goodsWithin } from '#projections/shipments';
import type { Bonds } from '#projections/standing';
import type { Title, TitleSegment } from '#projections/title';
import { titleChain } from '#projections/title';
import { factsOf } from '#projections/way/facts';

/** Everything the views say of one stone or parcel. */
export type Dossier = Readonly<{
  subject: string;
  card: CardView;
  /** The article it is set in, which custody, title and bonds are of. */
  setIn: string | null;
  custody: Custody;
  custodians: readonly CustodyInterval[];
  title: Title;
  owners: readonly TitleSegment[];
  origin: ShownOrigin;
  bonds: Bonds;
  lineage: Lineage;
  sanctions: Sanctions | null;
  dealings: Dealings;
  steps: readonly ShownStep[];
  /** Names of the parties that hold, own or act, by id. */
  names: Readonly<Record<string, string>>;
}>;

/** Reads it; `undefined` for a stream the views do not know as goods. */
export async function dossierOf(views: ViewReader, subject: string): Promise<Dossier | undefined> {
  const card = await cardOf(views, subject);
  const { setIn, custody, title, bonds } = await bearingOf(views, subject);
  const origin = await originOf(views, subject);
  const lineage = await lineageOf(views, subject);
  if (!card || !custody || !title || !origin || !lineage) return undefined;
  const sanctions = (await sanctionsOf(views, subject)) ?? null;
  const dealings = await dealingsOf(views, subject);
  const steps = await historyOf(views, subject);
  const custodians = await custodyChain(views, subject);
  const owners = await titleChain(views, subject);
  const names = await namesOf(
    views,
    new Set([
      ...partiesIn({ custodians, owners, steps, bonds, custody }),
      ...dealings.parties.map(({ party }) => party),
      ...origin.claims.map(({ by }) => by),
    ]),
  );
  return {
    subject,
    card,
    setIn,
    custody,
    custodians,
    title,
    owners,
    origin: shownOf(origin, card),
    bonds,
    lineage,
    sanctions,
    dealings,
    steps,
    names,
  };
}

/** What verdicts on goods of any kind rest on, and the names of who has them. */
export type Standing = Pick<Dossier, 'subject' | 'dealings' | 'names'> &
  Readonly<{ sanctions: Sanctions }>;

/** Reads it; `undefined` for a stream the views do not know as goods. */
export async function standingFor(
  views: ViewReader,
  subject: string,
): Promise<Standing | undefined> {
  const sanctions = await sanctionsOf(views, subject);
  if (!sanctions) return undefined;
  const dealings = await dealingsOf(views, subject);
  const names = await namesOf(views, new Set(dealings.parties.map(({ party }) => party)));
  return { subject, sanctions, dealings, names };
}

/** The same for a shipment: of each of the goods in it; of goods, of themselves alone. */
export type Standings = Readonly<{ subject: string; goods: readonly Standing[] }>;

/** Reads it; `undefined` for what the views do not know. Refuses `not-found` for unknown cargo. */
export async function standingsFor(
  views: ViewReader,
  subject: string,
): Promise<Standings | undefined> {
  const within = await goodsWithin(views, subject);
  if (!within) return undefined;
  const goods: Standing[] = [];
  for (const each of within) {
    const standing = await standingFor(views, each);
    if (standing) goods.push(standing);
    else if (each === subject) return undefined;
    else
      throw new Refused('not-found', `nothing is known of ${each}`, { field: 'goods', id: each });
  }
  return { subject, goods };
}

/** Everything the views say of one piece of jewellery and of the stones set in it. */
export type ItemDossier = Omit<Dossier, 'card' | 'origin' | 'lineage' | 'dealings'> &
  Readonly<{ item: JewelleryRow; stones: readonly Dossier[] }>;

/** Reads it; `undefined` for a stream that is no piece of jewellery. */
async function itemDossierOf(views: ViewReader, subject: string): Promise<ItemDossier | undefined> {
  const item = subject.startsWith('jewellery-') && (await itemOf(views, idOf(subject)));
  const { setIn, custody, title, bonds } = await bearingOf(views, subject);
  if (!item || !custody || !title) return undefined;
  const found = {
    custodians: await custodyChain(views, subject),
    owners: await titleChain(views, subject),
    steps: await historyOf(views, subject),
    bonds,
    custody,
  };
  const stones: Dossier[] = [];
  for (const { stone } of item.stones) {
    const dossier = await dossierOf(views, stoneStream(stone));
    if (!dossier) continue;
    const steps = dossier.steps.filter(({ subject: of }) => of !== subject);
    stones.push({ ...dossier, steps });
  }
  const ids = new Set([...partiesIn(found), ...item.claims.map(({ by }) => by)]);
  return {
    subject,
    item,
    title,
    ...found,
    setIn,
    sanctions: (await sanctionsOf(views, subject)) ?? null,
    names: await namesOf(views, ids),
    stones,
  };
}

/**
 * What documents say of goods of any kind, but for the events of their streams; `undefined` for what
 * the views do not know as goods.
 */
export async function goodsSaid(views: ViewReader, subject: string) {
  const item = await itemDossierOf(views, subject);
  if (item) return { ...withFacts(item), stones: item.stones.map(withFacts) };
  const dossier = await dossierOf(views, subject);
  return dossier && withFacts(dossier);
}

/** `factsFor` is what the rules of a jurisdiction are told. */
function withFacts<D extends Pick<Dossier, 'sanctions'>>(dossier: D) {
  const way = dossier.sanctions?.way;
  const factsFor = way ? (jurisdiction: string) => factsOf(way, jurisdiction) : null;
  return { ...dossier, factsFor };
}

function partiesIn({
  custodians,
  owners,
  steps,
  bonds,
  custody,
}: Pick<Dossier, 'custodians' | 'owners' | 'steps' | 'bonds' | 'custody'>): readonly string[] {
  return [
    ...custodians.map(({ custodian }) => custodian),
    ...owners.flatMap(({ owner, shares }) => shares?.map(({ party }) => party) ?? owner ?? []),
    ...steps.map(({ by }) => by),
    ...(custody.released_to === null ? [] : [custody.released_to]),
    ...(bonds.memo ? [bonds.memo.consignee] : []),
    ...(bonds.seizure ? [bonds.seizure.authority] : []),
    ...bonds.holds.map(({ by }) => by),
    ...bonds.pledges.map(({ lender }) => lender),
    ...[...bonds.contests, ...bonds.titleContests].map(({ claimant }) => claimant),
  ];
}

async function namesOf(views: ViewReader, ids: ReadonlySet<string>) {
  const names: Record<string, string> = {};
  for (const id of ids) names[id] = (await partyOf(views, id))?.name ?? id;
  return names;
}
