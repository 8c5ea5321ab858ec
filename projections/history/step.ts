import type { DocumentRef, Place, Recorded, When } from '#events/event';
import { childrenOf, parentsOf } from '#events/kin';
import type { LedgerEvent } from '#events/ledger-event';
import type { Table } from '#libs/views/views';
import type { Change } from '#projections/history/changes';
import { detailsOf } from '#projections/history/details';
import { lineOf } from '#projections/history/line';

/**
 * One event of one stream. `line` tells it in the words of the trade, with ids of parties and
 * mines, and `details` what it says besides; `illustrative` is 1 for a step that is not public knowledge. `came_from` is the stream,
 * up to and with its `came_from_revision`, that the goods were part of before; `kin` are the streams
 * of an article or of other records of a stone that the step joined the goods with, or parted them from.
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
  details: readonly string[] | null;
  changes: readonly Change[];
  place: Place | null;
  documents: readonly DocumentRef[] | null;
  illustrative: number;
  came_from: string | null;
  came_from_revision: number | null;
  kin: readonly string[] | null;
}>;

export const steps: Table<Step> = {
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
    details: 'json?',
    changes: 'json',
    place: 'json?',
    documents: 'json?',
    illustrative: 'integer',
    came_from: 'text?',
    came_from_revision: 'integer?',
    kin: 'json?',
  },
  key: ['position'],
  indexes: [['subject', 'revision']],
  appendOnly: true,
};

/** The step that an event is; an annulled one has its step too: it changed nothing. */
export function stepOf(event: Recorded<LedgerEvent>, changes: readonly Change[]): Step {
  const { stream: subject, meta } = event;
  const parent = parentOf(event);
  return {
    position: event.position,
    subject,
    revision: event.revision,
    type: event.type,
    at: meta.at,
    recorded_at: event.recordedAt,
    by: meta.by,
    line: lineOf(event),
    details: detailsOf(event),
    changes,
    place: meta.place ?? null,
    documents: meta.documents ?? null,
    illustrative: meta.documents?.some(({ type }) => type === 'illustrative') ? 1 : 0,
    came_from: parent?.stream ?? null,
    came_from_revision: parent?.revision ?? null,
    kin: joining.has(event.type) ? [...parentsOf(event), ...childrenOf(event)] : null,
  };
}

/** Events that tie goods to an article or to another record of theirs, or part them. */
const joining: ReadonlySet<string> = new Set<LedgerEvent['type']>([
  'StoneSet',
  'StoneTakenIn',
  'StoneLetGo',
  'ItemBrokenUp',
  'IdentityGivenUp',
  'IdentitiesMerged',
  'IdentitySplit',
]);

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
