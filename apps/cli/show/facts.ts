import { idOf } from '#events/streams';
import { shownOrigin, shownWeight, shownWhen } from '#libs/documents/words';
import type { Dossier } from '#projections/dossier';
import type { Lineage } from '#projections/lineage';
import type { OriginView } from '#projections/origin';

/** Owner, custodian, origin and lineage: separate facts, each with its own history. */
export function facts(dossier: Dossier): readonly string[] {
  const rows: readonly (readonly [string, string])[] = [
    ['Goods', goods(dossier)],
    ['Owner', owner(dossier)],
    ['Custodian', custodian(dossier)],
    ['Origin', origin(dossier)],
    ...lineage(dossier.lineage).map((line, n) => [n === 0 ? 'Lineage' : '', line] as const),
  ];
  return rows.map(([what, said]) => `  ${what.padEnd(10)} ${said}`);
}

function goods({ card }: Dossier): string {
  const { form, shape, colour, clarity, names, consumed, pieces, treatments } = card;
  const known = [shape, colour, clarity].filter((fact) => fact !== null);
  if (treatments.length > 0) known.push(`treated (${treatments.join(', ')})`);
  if (card.laboratory_grown) known.unshift('laboratory-grown');
  const counted = pieces === null ? [] : [`${pieces} pieces`];
  const called = names.length === 0 ? '' : `, called ${names.join(', ')}`;
  const gone = consumed ? '; no longer exists as such' : '';
  return `${[`${form} of ${shownWeight(card)}`, ...counted, ...known].join(', ')}${called}${gone}`;
}

function owner({ title, names }: Dossier): string {
  const { owner: id, since, basis } = title;
  if (id === null) return 'nobody is known to hold the title';
  const began = since ? ` since ${shownWhen(since)}` : '';
  return `${party(id, names)}${began}, ${titleBases[basis] ?? `by ${basis}`}`;
}

function custodian({ custody, names }: Dossier): string {
  const { custodian: id, since, release } = custody;
  const way = release ? `; released to ${release.to}, not yet accepted` : '';
  return `${party(id, names)} since ${shownWhen(since)}${way}`;
}

function origin({ origin: { origin: claimed, basis, claims } }: Dossier): string {
  const declared =
    claims.length === 0 ? '' : `, declared by ${claims.map(({ by }) => by).join(', ')}`;
  return `${shownOrigin(claimed)}, ${originBases[basis]}${declared}: a claim, not a proof`;
}

const titleBases: Readonly<Record<string, string>> = {
  recovered: 'as its producer',
  'unknown-before': 'of which nothing older is known',
  'history-opened': 'as stated when its record was opened',
  'from-parent': 'as what it came out of',
  mixed: 'as the parcels mixed into it',
};

const originBases: Readonly<Record<OriginView['basis'], string>> = {
  recovered: 'as stated at recovery',
  'history-opened': 'as stated when its record was opened',
  'from-parent': 'as what it came out of',
  mixed: 'as the parcels mixed into it',
};

function party(id: string, names: Dossier['names']): string {
  const name = names[id] ?? id;
  return name === id ? id : `${name} [${id}]`;
}

function lineage({ nodes, edges }: Lineage): readonly string[] {
  if (edges.length === 0) return ['came out of the ground as it is; nothing was made of it'];
  return edges.map(({ parent, child, kind, weight, parent_weight: whole, yieldPpm }) => {
    const before = whole ? ` ${shownWeight(whole)}` : '';
    const step = `${idOf(parent)}${before} → ${kind} → ${idOf(child)} ${shownWeight(weight)}`;
    const lost = nodes.find(({ subject }) => subject === parent)?.losses ?? [];
    const loss = lost.length === 0 ? '' : `; lost ${lost.map(shownWeight).join(' + ')}`;
    return `${step}: ${yieldOf(yieldPpm, weight, whole)}${loss}`;
  });
}

type EdgeWeight = Lineage['edges'][number]['weight'];

/** A ratio of bounds bounds nothing: both weights may be larger. */
function yieldOf(ppm: number | null, weight: EdgeWeight, whole: EdgeWeight | null): string {
  if (ppm !== null) return `yield ${percent(ppm / 1e6)}`;
  if (!whole || whole.mct === 0) return 'yield unknown';
  const about = percent(weight.mct / whole.mct);
  const open = [weight, whole].some(({ qualifier }) => qualifier === 'gt' || qualifier === 'lt');
  return open
    ? `yield not determinable exactly (the bounds stand at ${about})`
    : `yield about ${about}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1).replace(/\.0$/, '')} %`;
}
