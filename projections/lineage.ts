import type { Recorded, When } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { parcelStream, parseStream, partId, singledOutId, stoneStream } from '#events/streams';
import type { Weight } from '#events/values';
import { rangeOf, scaleOf, sumOf, weightOf } from '#libs/trade/weight';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';

/** The step by which goods came out of others. */
export type StepKind =
  | 'sawn'
  | 'cleaved'
  | 'broken'
  | 'polished'
  | 'sorted'
  | 'split'
  | 'singled-out'
  | 'mixed'
  | 'laboratory-grown'
  | 'identity-split'
  | 'merged';

/**
 * `child` came out of `parent`. `weight` is the child's; for a mix, what the parent brought in.
 * `parent_weight` is all that had gone into the parent by then.
 */
export type Edge = Readonly<{
  child: string;
  position: bigint;
  parent: string;
  kind: StepKind;
  at: When;
  weight: Weight;
  parent_weight: Weight | null;
}>;

/** Goods and what became of their weight. */
export type LineageNode = Readonly<{
  subject: string;
  /** When their history began, and what was mixed into them since. */
  weight: Weight;
  /** What sawing, cutting and sorting lost so far, in order. */
  losses: readonly Weight[];
}>;

/**
 * A lineage around one stone or parcel: itself, everything it came out of, everything that came
 * out of it. `yieldPpm` of an edge is the child's part of the parent's weight, where both are exact.
 */
export type Lineage = Readonly<{
  nodes: readonly LineageNode[];
  edges: readonly (Edge & Readonly<{ yieldPpm: number | null }>)[];
}>;

const nodes: Table<LineageNode> = {
  name: 'lineage_nodes',
  columns: { subject: 'text', weight: 'json', losses: 'json' },
  key: ['subject'],
};

const edges: Table<Edge> = {
  name: 'lineage_edges',
  columns: {
    child: 'text',
    position: 'bigint',
    parent: 'text',
    kind: 'text',
    at: 'json',
    weight: 'json',
    parent_weight: 'json?',
  },
  key: ['child', 'position'],
  indexes: [['parent']],
  appendOnly: true,
};

/** What came out of what, with weights. The parent's event is the truth, not the child's opening. */
export const lineage: Projection = {
  name: 'lineage',
  version: 3,
  tables: [nodes, edges],
  handles: [
    'RoughDiamondRecovered',
    'ProductionLotRecovered',
    'HistoryOpened',
    'StoneOpened',
    'ParcelOpened',
    'RoughSawn',
    'RoughCleaved',
    'PolishedDiamondProduced',
    'ManufacturingLossRecorded',
    'ParcelSorted',
    'ParcelSplit',
    'StoneSingledOut',
    'MixReceived',
    'ParcelHistoryOpened',
    'StoneBroken',
    'PolishedParcelProduced',
    'LaboratoryGrownDetected',
    'IdentitySplit',
    'IdentitiesMerged',
  ],
  project,
  forget,
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const { stream: subject } = event;
  switch (event.type) {
    case 'RoughDiamondRecovered':
    case 'HistoryOpened':
    case 'StoneOpened':
      return views.put(nodes, { subject, weight: event.data.weight, losses: [] });
    case 'ProductionLotRecovered':
    case 'ParcelOpened':
    case 'ParcelHistoryOpened':
      return views.put(nodes, { subject, weight: event.data.content.weight, losses: [] });
    case 'MixReceived': {
      const { from, content } = event.data;
      const known = await views.get(nodes, { subject });
      const weight = known ? together(known.weight, content.weight) : content.weight;
      views.put(nodes, { losses: [], ...known, subject, weight });
      const brought = await views.get(nodes, { subject: from.stream });
      return link(event, views, brought, from.stream, subject, 'mixed', content.weight);
    }
  }
  const parent = await views.get(nodes, { subject });
  const id = parseStream(subject)?.id ?? subject;
  switch (event.type) {
    case 'RoughSawn':
    case 'RoughCleaved':
    case 'StoneBroken': {
      const kind = divisions[event.type];
      for (const { n, weight } of event.data.pieces) {
        link(event, views, parent, subject, stoneStream(partId(id, n)), kind, weight);
      }
      return lose(views, parent, event.data.loss);
    }
    case 'PolishedDiamondProduced': {
      const { n, weight } = event.data;
      return link(event, views, parent, subject, stoneStream(partId(id, n)), 'polished', weight);
    }
    case 'PolishedParcelProduced': {
      const { n, content } = event.data;
      const child = parcelStream(partId(id, n));
      return link(event, views, parent, subject, child, 'polished', content.weight);
    }
    case 'LaboratoryGrownDetected': {
      const { part } = event.data;
      if (!part) return;
      const child = parcelStream(partId(id, part.n));
      return link(event, views, parent, subject, child, 'laboratory-grown', part.content.weight);
    }
    case 'IdentitySplit': {
      const { n, weight } = event.data;
      const child = stoneStream(partId(id, n));
      return link(event, views, parent, subject, child, 'identity-split', weight);
    }
    case 'IdentitiesMerged': {
      if (!parent) return;
      for (const merged of event.data.merged) {
        const other = stoneStream(merged);
        link(
          event,
          views,
          await views.get(nodes, { subject: other }),
          other,
          subject,
          'merged',
          parent.weight,
        );
      }
      return;
    }
    case 'ManufacturingLossRecorded':
      return lose(views, parent, event.data.weight);
    case 'ParcelSorted':
    case 'ParcelSplit': {
      const kind = event.type === 'ParcelSorted' ? 'sorted' : 'split';
      for (const { n, content } of event.data.parts) {
        const child = parcelStream(partId(id, n));
        link(event, views, parent, subject, child, kind, content.weight);
      }
      if (event.type === 'ParcelSorted') lose(views, parent, event.data.loss);
      return;
    }
    case 'StoneSingledOut': {
      const { n, weight } = event.data;
      const child = stoneStream(singledOutId(id, n));
      return link(event, views, parent, subject, child, 'singled-out', weight);
    }
  }
}

function together(one: Weight, other: Weight): Weight {
  const scale = Math.max(scaleOf(one), scaleOf(other));
  return weightOf(sumOf([rangeOf(one), rangeOf(other)]), one.basis, scale);
}

const divisions = { RoughSawn: 'sawn', RoughCleaved: 'cleaved', StoneBroken: 'broken' } as const;

function link(
  { meta, position }: Recorded<LedgerEvent>,
  views: ViewWriter,
  from: LineageNode | undefined,
  parent: string,
  child: string,
  kind: StepKind,
  weight: Weight,
): void {
  const parent_weight = from?.weight ?? null;
  views.put(edges, { child, position, parent, kind, at: meta.at, weight, parent_weight });
}

function lose(views: ViewWriter, parent: LineageNode | undefined, weight: Weight): void {
  if (!parent || weight.mct === 0) return;
  views.put(nodes, { ...parent, losses: [...parent.losses, weight] });
}

/** An edge is put by the event of the parent, but for those that the taker's own event makes. */
const byTaker: readonly StepKind[] = ['mixed', 'merged'];

async function forget(subject: string, views: ViewWriter): Promise<void> {
  views.delete(nodes, { subject });
  for (const edge of await views.list(edges, { parent: subject })) {
    if (!byTaker.includes(edge.kind)) views.delete(edges, edge);
  }
  for (const edge of await views.list(edges, { child: subject })) {
    if (byTaker.includes(edge.kind)) views.delete(edges, edge);
  }
}

/** Every stream the goods came out of, nearest first. */
export async function ancestors(views: ViewReader, subject: string): Promise<readonly Edge[]> {
  return walk(
    subject,
    (child) => views.list(edges, { child }),
    ({ parent }) => parent,
  );
}

/** Every stream that came out of the goods, nearest first. */
export async function descendants(views: ViewReader, subject: string): Promise<readonly Edge[]> {
  return walk(
    subject,
    (parent) => views.list(edges, { parent }, { orderBy: ['position', 'child'] }),
    ({ child }) => child,
  );
}

/** Mixing can lead back to a parcel, so each stream is visited once. */
async function walk(
  start: string,
  step: (subject: string) => Promise<readonly Edge[]>,
  next: (edge: Edge) => string,
): Promise<readonly Edge[]> {
  const found: Edge[] = [];
  const seen = new Set([start]);
  for (const subject of seen) {
    for (const edge of await step(subject)) {
      found.push(edge);
      seen.add(next(edge));
    }
  }
  return found;
}

/** The lineage around a stone or parcel; `undefined` when the ledger does not know it. */
export async function lineageOf(views: ViewReader, subject: string): Promise<Lineage | undefined> {
  const self = await views.get(nodes, { subject });
  if (!self) return undefined;
  const unique = new Map<string, Edge>();
  const upAndDown = [
    ...(await ancestors(views, subject)).toReversed(),
    ...(await descendants(views, subject)),
  ];
  for (const edge of upAndDown) unique.set(`${edge.position} ${edge.child}`, edge);
  const around = [...unique.values()];
  const subjects = new Set([
    ...around.map(({ parent }) => parent),
    subject,
    ...around.map(({ child }) => child),
  ]);
  const known: LineageNode[] = [];
  for (const each of subjects) {
    const node = await views.get(nodes, { subject: each });
    if (node) known.push(node);
  }
  return {
    nodes: known,
    edges: around.map((edge) => ({ ...edge, yieldPpm: yieldOf(edge) })),
  };
}

function yieldOf({ weight, parent_weight: whole }: Edge): number | null {
  if (weight.qualifier !== 'eq' || whole?.qualifier !== 'eq' || whole.mct === 0) return null;
  return Math.round((weight.mct * 1_000_000) / whole.mct);
}
