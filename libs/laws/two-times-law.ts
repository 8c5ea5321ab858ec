import type { CorrectionEvent } from '#events/correction';
import type { Event, Recorded, When } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { amended, amendmentsIn, effective, isCorrection, readAt } from '#libs/decider/effective';
import { concernOf } from '#libs/party/party-state';
import { isAfterNow, isBefore, later } from '#libs/decider/when';
import { canonicalJson } from '#libs/signing/canonical-json';

type Told = Recorded<LedgerEvent>;
type Fault = Readonly<{ event: Told; problem: string }>;

/**
 * "What was true on one day, as known on another" has one answer only if nothing was recorded
 * before it began, what is in force happened in the order in which it stands (of a party, in that of its concern), no later entry was
 * known on an earlier day, and every correction is of an entry before it that read as it says
 * (domain I13). `history` is all of a stream, corrections included.
 */
export function* timeFaults(history: readonly Told[]): Generator<Fault> {
  yield* knownInOrder(history);
  if (amendmentsIn(history)) yield* corrections(history);
  let opening: When | undefined;
  const latest = new Map<string, When>();
  for (const event of effective<Event>(history) as readonly Told[]) {
    const { at } = event.meta;
    if (!hasBegun(at, event.recordedAt)) {
      yield { event, problem: `I13: it happened on ${at.time}, after it was recorded` };
    }
    const concern = concernOf(event.type) ?? 'goods';
    opening ??= at;
    const last = latest.get(concern) ?? opening;
    if (!isAnswer(event) && lies(at, last)) {
      yield { event, problem: `I13: it happened on ${at.time}, before what stands before it` };
    }
    latest.set(concern, later(last, at));
  }
}

function* knownInOrder(history: readonly Told[]): Generator<Fault> {
  let known = '';
  for (const event of history) {
    const day = event.recordedAt.slice(0, 10);
    if (day < known)
      yield { event, problem: `I13: it was known on ${day}, what is before it later` };
    else known = day;
  }
}

function* corrections(history: readonly Told[]): Generator<Fault> {
  for (const [n, event] of history.entries()) {
    if (!isCorrection(event)) continue;
    const problem = wrong(event, history.slice(0, n));
    if (problem) yield { event, problem: `I13: ${problem}` };
  }
}

function wrong({ type, data }: CorrectionEvent, before: readonly Told[]): string | undefined {
  const { id, revision } = data.target;
  const target = before[revision];
  if (target?.meta.id !== id)
    return `${type} of entry ${revision}, which is no such entry before it`;
  const reads = amended<LedgerEvent>(target, amendmentsIn(before) ?? new Map());
  if (!reads) return `${type} of entry ${revision}, which was annulled before`;
  if (type === 'EventAnnulled') return undefined;
  const other = data.changes.find(({ field, from }) => !same(readAt(reads, field), from));
  return other && `${type} of entry ${revision}: its ${other.field} did not read so`;
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** What follows from an act elsewhere is dated as that act, which may have begun meanwhile. */
function isAnswer({ type, data }: Told): boolean {
  return 'cause' in data || (type === 'HoldPlaced' && data.holdNo.startsWith('kp-'));
}

/** Texts decide nearly always; what they leave open is asked of the calendar. */
function hasBegun({ time, precision }: When, recordedAt: string): boolean {
  if (time.slice(0, 10) <= recordedAt.slice(0, 10)) return true;
  return !isAfterNow({ time, precision }, recordedAt);
}

function lies(at: When, latest: When): boolean {
  return at.time < latest.time.slice(0, at.time.length) && isBefore(at, latest);
}
