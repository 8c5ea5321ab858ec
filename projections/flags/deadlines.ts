import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { daysOf } from '#libs/decider/when';
import { dayAfter, daysLater } from '#libs/reference/calendar';
import { flagBounds } from '#libs/reference/flag-bounds';
import type { Table, ViewWriter } from '#libs/views/views';
import type { Closing, FlagFold, Noted } from '#projections/flags/flag';
import { dropGround, flagId, noted, raise } from '#projections/flags/flag';
import type { FlagRule } from '#projections/flags/rules';

type TimedRule = Extract<FlagRule, 'release-unanswered' | 'memo-overdue'>;

/** What somebody has to answer in time, and the first day (UTC) on which it is certainly late. */
type Awaited = Readonly<{
  subject: string;
  rule: TimedRule;
  late_on: string;
  is_raised: number;
  said: Noted;
  finding: string;
}>;

const awaited: Table<Awaited> = {
  name: 'flag_awaited',
  columns: {
    subject: 'text',
    rule: 'text',
    late_on: 'text',
    is_raised: 'integer',
    said: 'json',
    finding: 'text',
  },
  key: ['subject', 'rule'],
  indexes: [['is_raised', 'late_on']],
};

/** What each event answers, in words; goods let go anew, or on another memo, await the last one only. */
const answers = {
  CustodyReleased: ['release-unanswered', 'released the goods anew'],
  MemoIssued: ['memo-overdue', 'issued another memo'],
  CustodyAccepted: ['release-unanswered', 'accepted the goods'],
  CustodyRefused: ['release-unanswered', 'refused the goods'],
  CustodyReleaseWithdrawn: ['release-unanswered', 'took the release back'],
  Recovered: ['release-unanswered', 'recovered the goods'],
  Seized: ['release-unanswered', 'seized the goods'],
  MemoExtended: ['memo-overdue', 'extended the memo'],
  MemoReturned: ['memo-overdue', 'returned the goods'],
  MemoConvertedToSale: ['memo-overdue', 'sold the goods to the consignee'],
  Forfeited: ['memo-overdue', 'forfeited the goods'],
} as const satisfies Partial<Record<LedgerEvent['type'], readonly [TimedRule, string]>>;

/**
 * `release-unanswered` and `memo-overdue`. That nobody answers is no event, so the calendar raises them
 * (domain §5: an alert, never a transfer). The answer closes them, if it happened too late; one in time
 * that is recorded later takes them away. What is known to a month or year is late after its last day.
 * What was late already when it was recorded, or is when it is projected anew, is flagged there and
 * then; a review flags what becomes late. A rebuild would else flag all that was answered since.
 */
export const deadlines: FlagFold = {
  tables: [awaited],
  handles: ['TitleContestResolved', ...(Object.keys(answers) as (keyof typeof answers)[])],
  project,
  forget: async (subject, views) => {
    for (const row of await views.list(awaited, { subject })) views.delete(awaited, row);
  },
};

/** Rows gone through in one part of a review. */
const part = 500;

/** Raises what became late by the calendar alone. */
export async function reviewDeadlines(views: ViewWriter): Promise<number> {
  const atMost = { column: 'late_on', value: dayOf(views) } as const;
  const options = { atMost, orderBy: ['late_on', 'subject'], limit: part } as const;
  const due = await views.list(awaited, { is_raised: 0 }, options);
  for (const row of due) await raiseLate(views, row);
  return due.length;
}

const dayOf = ({ today }: ViewWriter) => today.slice(0, 10);

async function project(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  anew?: ReadonlySet<string>,
): Promise<void> {
  const known = anew ? views.today : event.recordedAt;
  switch (event.type) {
    case 'CustodyReleased': {
      const { from, to } = event.data;
      const { days } = flagBounds.releases;
      const finding = `${from} released the goods to ${to}, who did not answer within ${days} days`;
      const until = daysLater(daysOf(event.meta.at).last, days);
      await answered(event, views, answers.CustodyReleased);
      return wait(event, views, 'release-unanswered', until, finding, known);
    }
    case 'MemoIssued':
    case 'MemoExtended':
      await answered(event, views, answers[event.type]);
      return waitForMemo(event, views, known);
    case 'TitleContestResolved':
      if (event.data.passed) await answered(event, views, ['memo-overdue', 'passed the title on']);
      return;
    default: {
      const answer = answers[event.type as keyof typeof answers];
      return answered(event, views, answer);
    }
  }
}

function waitForMemo(
  event: Extract<Recorded<LedgerEvent>, { type: 'MemoIssued' | 'MemoExtended' }>,
  views: ViewWriter,
  known: string,
): Promise<void> {
  const { memoNo, dueOn } = event.data;
  const finding = `memo ${memoNo} was due on ${dueOn} and neither returned, extended nor sold`;
  return wait(event, views, 'memo-overdue', dueOn, finding, known);
}

async function wait(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  rule: TimedRule,
  until: string,
  finding: string,
  known: string,
): Promise<void> {
  const { stream: subject } = event;
  const late_on = dayAfter(until);
  const row = { subject, rule, late_on, is_raised: 0, said: noted(event), finding };
  views.put(awaited, row);
  if (late_on <= known && late_on <= dayOf(views)) await raiseLate(views, row);
}

async function answered(
  event: Recorded<LedgerEvent>,
  views: ViewWriter,
  [rule, words]: readonly [TimedRule, string],
): Promise<void> {
  const { stream, revision, meta, position } = event;
  const row = await views.get(awaited, { subject: stream, rule });
  if (!row) return;
  views.delete(awaited, row);
  if (row.is_raised === 1) await dropGround(views, stream, flagId(rule, [row.said]));
  if (daysOf(meta.at).first < row.late_on) return;
  const { by, at } = meta;
  const reason = `${by} ${words}`;
  const reliedOn = [{ stream, revision }];
  const closing = { rule, outcome: 'explained', reason, reliedOn } as const;
  await raiseLate(views, row, { ...closing, by, at, position: String(position) });
}

/** Raised on the day it became late, or when it was recorded if that was later. */
async function raiseLate(views: ViewWriter, row: Awaited, closing?: Closing): Promise<void> {
  const { subject, rule, late_on, said, finding } = row;
  const from = `${late_on}T00:00:00.000Z`;
  const recordedAt = said.recordedAt < from ? from : said.recordedAt;
  await raise(views, rule, { ...said, recordedAt }, finding, [], [], subject, closing);
  if (!closing) views.put(awaited, { ...row, is_raised: 1 });
}
