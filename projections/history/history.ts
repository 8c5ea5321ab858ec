import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { isCorrection } from '#libs/decider/effective';
import type { Card } from '#projections/history/card';
import { evolveCard } from '#projections/history/card';
import { changesOf } from '#projections/history/changes';
import { correctionOf, corrections } from '#projections/history/corrections';
import { goodsEventTypes } from '#projections/history/line-goods';
import { itemEventTypes } from '#projections/history/line-jewellery';
import { paperEventTypes } from '#projections/history/line-papers';
import { partyEventTypes } from '#projections/history/line-party';
import { stepOf, steps } from '#projections/history/step';
import { forgetSubject } from '#projections/forget';
import { holderIn } from '#projections/custody';
import { bearingOf } from '#projections/setting';
import { tradeEventTypes } from '#libs/trade/kinds';
import type { Projection, Table, ViewReader, ViewWriter } from '#libs/views/views';

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
  version: 9,
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
  projectAnnulled: (event, views) => views.put(steps, stepOf(event, [])),
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const { stream: subject } = event;
  if (isCorrection(event)) {
    views.put(corrections, correctionOf(event));
    return views.put(steps, stepOf(event, []));
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
  views.put(steps, stepOf(event, changes));
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
    custodian: holderIn(custody),
    released_to: custody?.released_to ?? null,
    owner: title?.owner ?? null,
    revision: last.revision,
    position: last.position,
  };
}
