import { bondsTold } from '#apps/cli/show/bonds';
import { idOf } from '#events/streams';
import {
  custodianTold,
  goodsTold,
  itemTold,
  originTold,
  ownerTold,
  partyTold,
} from '#libs/documents/goods-file';
import { shownOrigin, shownWeight } from '#libs/documents/words';
import type { Dossier, ItemDossier } from '#projections/dossier';
import type { Lineage } from '#projections/lineage';

/** Owner, custodian, what lies on the goods, origin and lineage: separate facts, each with its own history. */
export function facts(dossier: Dossier): readonly string[] {
  const { setIn } = dossier;
  const rows: readonly (readonly [string, string])[] = [
    ['Goods', goodsTold(dossier)],
    ...(setIn === null ? [] : [['Set in', setIn] as const]),
    ['Owner', ownerTold(dossier)],
    ['Custodian', custodianTold(dossier)],
    ...bondsTold(dossier).map((line, n) => [n === 0 ? 'Standing' : '', line] as const),
    ['Origin', originTold(dossier)],
    ...lineageTold(dossier.lineage).map((line, n) => [n === 0 ? 'Lineage' : '', line] as const),
  ];
  return rows.map(([what, said]) => row(what, said));
}

function row(what: string, said: string): string {
  return `  ${what.padEnd(10)} ${said}`;
}

/** The same of a piece of jewellery, with its marks and what was claimed of all its stones. */
export function itemFacts(file: ItemDossier): readonly string[] {
  const { hallmarks, claims, maker, status } = file.item;
  const marks = hallmarks.map(({ country, mark, uin, recognised }) => {
    const states = recognised.map(({ state, verdict }) => `${state} (${verdict})`).join(', ');
    const by = states === '' ? '' : `, recognised by ${states}`;
    return `${mark} of ${country}${uin === null ? '' : `, UIN ${uin}`}${by}`;
  });
  const said = claims.map(({ by, origin }) => `${shownOrigin(origin)}, declared by ${by}`);
  return [
    row('Goods', itemTold(file)),
    row('Maker', partyTold(maker, file.names)),
    row('Status', status),
    row('Owner', ownerTold(file)),
    row('Custodian', custodianTold(file)),
    ...bondsTold(file).map((line, n) => row(n === 0 ? 'Standing' : '', line)),
    ...marks.map((line, n) => row(n === 0 ? 'Hallmarks' : '', line)),
    ...said.map((line, n) => row(n === 0 ? 'Origin' : '', `${line}: a claim, not a proof`)),
  ];
}

/** One line for each step from goods to goods. */
export function lineageTold({ nodes, edges }: Lineage): readonly string[] {
  if (edges.length === 0) return ['no older goods are recorded, and nothing was made of it'];
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
