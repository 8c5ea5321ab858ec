import type { DocumentRef, Place, Recorded, When } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { parseStream } from '#events/streams';
import { isCorrection } from '#libs/decider/effective';
import type { Card } from '#projections/history/card';
import { evolveCard } from '#projections/history/card';
import { changesOf } from '#projections/history/changes';
import type { Change } from '#projections/history/changes';
import { correctionOf, corrections, correctionsOf } from '#projections/history/corrections';
import type { Correction } from '#projections/history/corrections';
import { goodsEventTypes } from '#projections/history/line-goods';
import { itemEventTypes } from '#projections/history/line-jewellery';
import { paperEventTypes } from '#projections/history/line-papers';
import { partyEventTypes } from '#projections/history/line-party';
import { lineOf } from '#projections/history/line';
import { forgetSubject } from '#projections/forget';
import { bearingOf } from '#projections/setting';
import { tradeEventTypes } from '#libs/trade/kinds';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';

/**
 * One event of one stream. `line` tells it in the words of the trade, with ids of parties and
 * mines; `illustrative` is 1 for a step that is not public knowledge. `came_from` is the stream,
 * up to and with its `came_from_revision`, that the goods were part of before.
 */
export type Step = Readonly<{
  position: bigint;
  subject: string;
  revision: number;
  type: string;
  at: When;
  recorded_at: string;
  by: string;
  line: string;
  changes: readonly Change[];
  place: Place | null;
  documents: readonly DocumentRef[] | null;
  illustrative: number;
  came_from: string | null;
  came_from_revision: number | null;
}>;

const steps: Table<Step> = {
  name: 'history',
  columns: {
    position: 'bigint',
    subject: 'text',
    revision: 'integer',
    type: 'text',
    at: 'json',
    recorded_at: 'text',
    by: 'text',
    line: 'text',
    changes: 'json',
    place: 'json?',
    documents: 'json?',
    illustrative: 'integer',
    came_from: 'text?',
    came_from_revision: 'integer?',
  },
  key: ['position'],
  indexes: [['subject', 'revision']],
  appendOnly: true,
};

const cards: Table<Card> = {
  name: 'cards',
  columns: {
    subject: 'text',
    form: 'text',
    consumed: 'integer',
    mct: 'integer',
    qualifier: 'text',
    basis: 'text',
    tol_mct: 'integer?',
    pieces: 'integer?',
    order_no: 'text?',
    mine: 'text?',
    names: 'json',
    colour: 'text?',
    clarity: 'text?',
    shape: 'text?',
    reports: 'json',
    inscription: 'text?',
    treatments: 'json',
    laboratory_grown: 'integer',
  },
  key: ['subject'],
};

/** What happened to each stone, parcel and party, step by step, and how things stand after it. */
export const history: Projection = {
  name: 'history',
  version: 7,
  tables: [cards, steps, corrections],
  handles: [
    ...partyEventTypes,
    'RoughDiamondRecovered',
    'HistoryOpened',
    'StoneOpened',
    'StoneNamed',
    'OriginDeclared',
    'RoughScanned',
    'RoughScanMatched',
    'ManufacturingStarted',
    'CuttingPlanApproved',
    'RoughSawn',
    'RoughCleaved',
    'PolishedDiamondProduced',
    'ManufacturingLossRecorded',
    'ManufacturingClosed',
    'GradingReportIssued',
    'StoneMatchedToReport',
    'ReportMismatchFound',
    'LaserInscriptionApplied',
    ...tradeEventTypes,
    ...goodsEventTypes,
    ...paperEventTypes,
    ...itemEventTypes,
    'RuleBookAdopted',
    'ProductionLotRecovered',
    'ParcelOpened',
    'ParcelSorted',
    'ParcelSplit',
    'ParcelMixed',
    'MixReceived',
    'MixRefused',
    'MixReturned',
    'StoneSingledOut',
    'RecordCorrected',
    'EventAnnulled',
  ],
  project,
  forget: forgetSubject(cards, steps, corrections),
  projectAnnulled: (event, views) => putStep(event, views, []),
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const { stream: subject } = event;
  if (isCorrection(event)) {
    views.put(corrections, correctionOf(event));
    return putStep(event, views, []);
  }
  let changes = changesOf(event, undefined, undefined);
  if (!subject.startsWith('party-')) {
    const before = event.revision === 0 ? undefined : await views.get(cards, { subject });
    const after = evolveCard(before, event);
    if (after && after !== before) {
      views.put(cards, after);
      changes = changesOf(event, before, after);
    }
  }
  putStep(event, views, changes);
}

/** An annulled event has its step too: it changed nothing. */
function putStep(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  changes: readonly Change[],
): void {
  const { stream: subject, meta } = event;
  const parent = parentOf(event);
  views.put(steps, {
    position: event.position,
    subject,
    revision: event.revision,
    type: event.type,
    at: meta.at,
    recorded_at: event.recordedAt,
    by: meta.by,
    line: lineOf(event),
    changes,
    place: meta.place ?? null,
    documents: meta.documents ?? null,
    illustrative: meta.documents?.some(({ type }) => type === 'illustrative') ? 1 : 0,
    came_from: parent?.stream ?? null,
    came_from_revision: parent?.revision ?? null,
  });
}

function parentOf(event: Recorded<LedgerEvent>) {
  switch (event.type) {
    case 'StoneOpened':
    case 'ParcelOpened':
      return event.data.parent;
    case 'MixReceived':
      return event.data.from;
    default:
      return undefined;
  }
}

/**
 * A stone or parcel at a glance, as of the last event of its stream. `owner` is `null` while
 * nobody is known to hold the title.
 */
export type CardView = Card &
  Readonly<{
    custodian: string | null;
    released_to: string | null;
    owner: string | null;
    revision: number;
    position: bigint;
  }>;

/** A stone or parcel at a glance; `undefined` when the ledger does not know it. */
export async function cardOf(views: ViewReader, subject: string): Promise<CardView | undefined> {
  const card = await views.get(cards, { subject });
  const newest = { orderBy: ['revision'], descending: true, limit: 1 } as const;
  const [last] = await views.list(steps, { subject }, newest);
  if (!card || !last) return undefined;
  const { custody, title } = await bearingOf(views, subject);
  return {
    ...card,
    custodian: custody?.custodian ?? null,
    released_to: custody?.released_to ?? null,
    owner: title?.owner ?? null,
    revision: last.revision,
    position: last.position,
  };
}

/**
 * A step as it reads now. `corrections` are those in force that are of it, in order, wherever they
 * stand; `annulled` is 1 for a step that did not happen.
 */
export type ShownStep = Step & Readonly<{ corrections: readonly Correction[]; annulled: number }>;

/**
 * Everything that happened to the goods of a stream, from the mine on: the steps of the streams
 * they came out of are part of it, up to the separation. For a party, what it recorded of itself.
 */
export async function historyOf(views: ViewReader, subject: string): Promise<readonly ShownStep[]> {
  const found = new Map<bigint, ShownStep>();
  const reached = new Map<string, number>();
  const open: { stream: string; until: number }[] = [{ stream: subject, until: Infinity }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { stream, until } = next;
    if (until <= (reached.get(stream) ?? -1) || !parseStream(stream)) continue;
    reached.set(stream, until);
    const struck = await correctionsOf(views, stream);
    for (const step of await stepsUntil(views, stream, until)) {
      const said = struck.get(step.revision) ?? [];
      const isAnnulled = said.some(({ kind }) => kind === 'annulled');
      found.set(step.position, { ...step, corrections: said, annulled: isAnnulled ? 1 : 0 });
      if (isAnnulled || step.came_from === null || step.came_from_revision === null) continue;
      open.push({ stream: step.came_from, until: step.came_from_revision });
    }
  }
  return [...found.values()].sort((a, b) => (a.position < b.position ? -1 : 1));
}

function stepsUntil(views: ViewReader, subject: string, until: number): Promise<readonly Step[]> {
  return until === Infinity
    ? views.list(steps, { subject }, { orderBy: ['revision'] })
    : views.list(
        steps,
        { subject },
        { orderBy: ['revision'], atMost: { column: 'revision', value: until } },
      );
}
