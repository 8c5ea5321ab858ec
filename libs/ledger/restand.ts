import { v5 as uuidV5 } from 'uuid';
import type { CorrectionEvent, FieldChange } from '#events/correction';
import type { Draft } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { parseStream } from '#events/streams';
import { partyRoles } from '#events/values';
import type { Said } from '#libs/correction/restate';
import { addedTo, restated } from '#libs/correction/restate';
import type { Command, Decider } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { amended, amendmentsIn, isCorrection, readAt } from '#libs/decider/effective';
import type { Amendments } from '#libs/decider/effective';
import { deciderOf } from '#libs/ledger/ledger-command';
import { canonicalJson } from '#libs/signing/canonical-json';
import type { RecordedEvent } from '#libs/store/store';

export type CorrectionDraft = Draft<CorrectionEvent>;

/** What a stream's acts were told of other streams when they were decided, by their events' ids. */
export type KnownThen = ReadonlyMap<string, object>;

type Drafts = readonly Readonly<{ type: string; data: object }>[];

/** Roles are judged when an act is recorded; what was recorded then had them. */
const everyRole = partyRoles.filter((role) => role !== 'auditor');

/**
 * What follows in a stream from corrections of its events: every later act is decided again on the
 * history as it would read. What the ledger had added to an act from the state it met, and would
 * add otherwise now, is corrected with it. Throws what the deciders throw for the corrected event
 * itself, and `later-act-falls` for the first later act that would have been refused; not when it
 * is `lenient`: then such an act stays as it was recorded. An act that would be refused before the
 * correction too (a mine is no longer known) does not stand in its way, unless it is the one corrected
 * and the correction gives another reason.
 */
export function restand(
  history: readonly RecordedEvent[],
  asked: readonly CorrectionDraft[],
  { cause, known, lenient }: Readonly<{ cause: string; known: KnownThen; lenient: boolean }>,
): readonly CorrectionDraft[] {
  const { category, id } = parseStream(history[0]?.stream ?? '') ?? {};
  if (category === undefined || id === undefined) return [];
  const decider = deciderOf(category);
  const before = amendmentsIn(history) ?? new Map();
  const after = amendmentsIn([...history, ...asked.map(asEvent)]) ?? new Map();
  const targets = new Set(asked.map(({ data }) => data.target.id));
  const first = firstChange(history, before, after);
  const found: CorrectionDraft[] = [];
  let was = decider.initial;
  let is = decider.initial;
  for (const act of actsOf(history.filter((event) => !isCorrection(event)))) {
    const old = act.map((event) => amended(event, before));
    let now: Readings = act.map((event) => amended(event, after));
    if ((act.at(-1)?.revision ?? 0) >= first) now = again(old, now);
    was = evolved(decider, was, old);
    is = evolved(decider, is, now);
  }
  return found;

  function saidBy(event: RecordedEvent): Said | undefined {
    const said = restated(event, id ?? '');
    const told = known.get(event.meta.id);
    return said && told ? { ...said, known: told } : said;
  }

  function again(old: Readings, now: Readings): Readings {
    const [then, head] = [old[0], now[0]];
    const said = head && saidBy(head);
    if (!head || !said) return now;
    const redone = outcome(decider, head, said, is);
    const had = then && saidBy(then);
    const done = then && had ? outcome(decider, then, had, was) : undefined;
    const isTarget = targets.has(head.meta.id);
    if (redone instanceof Refused) {
      if (lenient || (done instanceof Refused && !(isTarget && isOther(done, redone)))) return now;
      throw !then || isTarget ? redone : laterActFalls(head, redone);
    }
    const sound = done instanceof Refused ? undefined : done;
    if (!lenient && sound && !isLetGo(redone) && isLetGo(sound) && now.some(isRelease)) {
      const { by } = head.meta;
      throw laterActFalls(head, new Refused('not-custodian', `${by} would not have the goods`));
    }
    return now.map((event, n) => {
      if (!event) return event;
      const changes = sound
        ? added(event, old[n], sound[n], redone[n])
        : addedAnew(event, redone[n]);
      if (changes.length === 0) return event;
      const { meta, revision } = event;
      const target = { id: meta.id, revision };
      const reason = 'follows from a correction';
      found.push({ type: 'RecordCorrected', data: { target, changes, reason, reached: 0, cause } });
      return amended(event, new Map([[meta.id, changes]]));
    });
  }
}

const isRelease = (each: Readonly<{ type: string }> | undefined) =>
  each?.type === 'CustodyReleased';

/** Whether an act that need not (a memo of goods in another's hands) let the goods go. */
const isLetGo = (drafts: Drafts) => drafts.some(isRelease);

type Readings = readonly (RecordedEvent | undefined)[];

/** What stands in an event by the state it met alone, and would stand there otherwise now. */
function added(
  event: RecordedEvent,
  old: RecordedEvent | undefined,
  done: Drafts[number] | undefined,
  redone: Drafts[number] | undefined,
): readonly FieldChange[] {
  if (!old || done?.type !== event.type || redone?.type !== event.type) return [];
  const names = new Set([...Object.keys(done.data), ...Object.keys(redone.data)]);
  return [...names].flatMap((name): FieldChange[] => {
    const field = `data.${name}`;
    const [had, has] = [valueOf(done.data, name), valueOf(redone.data, name)];
    const [stood, stands] = [readAt(old, field), readAt(event, field)];
    const isTheLedgers = same(had, stood) && !same(has, stands);
    return isTheLedgers ? [{ field, from: stands, to: has }] : [];
  });
}

/** The same of an act that could not be decided again before: what the ledger adds is known by name. */
function addedAnew(
  event: RecordedEvent,
  redone: Drafts[number] | undefined,
): readonly FieldChange[] {
  if (redone?.type !== event.type) return [];
  return addedTo(event).flatMap((name): FieldChange[] => {
    const field = `data.${name}`;
    const [stands, has] = [readAt(event, field), valueOf(redone.data, name)];
    return same(has, stands) ? [] : [{ field, from: stands, to: has }];
  });
}

/** Refused for another reason, or for the same one with other words in it. */
function isOther(a: Refused, b: Refused): boolean {
  return a.code !== b.code || a.message !== b.message;
}

function valueOf(data: object, name: string): unknown {
  return (data as Readonly<Record<string, unknown>>)[name] ?? null;
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

type AnyDecider = Decider<unknown, Command, LedgerEvent>;

/** What the act brings about on a state; the refusal when it is refused. */
function outcome(
  decider: AnyDecider,
  { meta, recordedAt }: RecordedEvent,
  said: object,
  state: unknown,
): Drafts | Refused {
  const around = { ...meta, roles: everyRole, now: recordedAt };
  try {
    return decider.decide({ ...said, meta: around } as unknown as Command, state) as Drafts;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

function evolved(decider: AnyDecider, state: unknown, events: Readings): unknown {
  return events.reduce((now, event) => (event ? decider.evolve(now, event) : now), state);
}

/** The revision of the first event that reads otherwise; `Infinity` when none does. */
export function firstChange(
  history: readonly RecordedEvent[],
  before: Amendments,
  after: Amendments,
): number {
  const first = history.find((event) => {
    const [was, is] = [before, after].map((amendments) => {
      const changes = amendments.get(event.meta.id);
      return changes === undefined ? [] : changes;
    });
    return !isCorrection(event) && !same(was, is);
  });
  return first?.revision ?? Infinity;
}

/** The events of one command stand together: the ids of the others follow from the first one's. */
export function actsOf(history: readonly RecordedEvent[]): readonly (readonly RecordedEvent[])[] {
  const acts: RecordedEvent[][] = [];
  for (const event of history) {
    const act = acts.at(-1);
    const nth = act?.[0] && uuidV5(String(act.length), act[0].meta.id);
    if (act && nth === event.meta.id) act.push(event);
    else acts.push([event]);
  }
  return acts;
}

/** A draft as one more event at the end of a history. */
export function asEvent({ type, data }: CorrectionDraft, n: number): RecordedEvent {
  const meta = { id: `draft ${n}`, by: '', at: { time: '', precision: 'day' } };
  return { type, data, meta } as unknown as RecordedEvent;
}

/** Events of a history as they read, without those that were annulled. */
export function readBy(
  history: readonly RecordedEvent[],
  amendments: Amendments,
): readonly RecordedEvent[] {
  return history.flatMap((event) => {
    const reads = isCorrection(event) ? undefined : amended(event, amendments);
    return reads ? [reads] : [];
  });
}

function laterActFalls({ stream, revision, type }: RecordedEvent, refused: Refused): Refused {
  return new Refused(
    'later-act-falls',
    `${type}, entry ${revision} of ${stream}, would not have been accepted: ${refused.message}`,
    { stream, revision, type, code: refused.code },
  );
}
