import type { EventAnnulled, FieldChange, RecordCorrected } from '#events/correction';
import type { Draft } from '#events/event';
import type {
  AnnulEvent,
  CorrectionCommand,
  CorrectRecord,
  FollowCorrection,
} from '#libs/correction/correction-command';
import { correctableOf, kindAt, whyFixed } from '#libs/correction/correctable';
import { isOfKind } from '#libs/correction/value-kinds';
import { checkAct, checkStatement, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import { amended, amendmentsIn, isCorrection, readAt } from '#libs/decider/effective';
import { reachOf } from '#libs/ledger/reach';
import type { CorrectionDraft, KnownThen } from '#libs/ledger/restand';
import { actsOf, restand } from '#libs/ledger/restand';
import { canonicalJson } from '#libs/signing/canonical-json';
import type { RecordedEvent } from '#libs/store/store';

/**
 * Decides what a correction or annulment records: of what was asked, and of what follows from it in
 * the same stream. Unlike other acts it is decided on the history, of which it is a part. `lenient`
 * is for what follows by policy: it is recorded whatever stood on the old facts. `known` is what the
 * stream's acts had been told of other streams, by the ids of their events.
 */
export function decideCorrection(
  command: CorrectionCommand,
  history: readonly RecordedEvent[],
  known: KnownThen = new Map(),
  lenient = command.type === 'FollowCorrection',
): readonly CorrectionDraft[] {
  const asked = askedOf(command, history);
  const follows = restand(history, asked, { cause: command.meta.id, known, lenient });
  const [first, ...others] = [...asked, ...follows];
  if (!first) return [];
  const drafts = [first, ...others];
  const reached = reachOf(history, drafts).length;
  return [{ ...first, data: { ...first.data, reached } } as CorrectionDraft, ...others];
}

function askedOf(
  command: CorrectionCommand,
  history: readonly RecordedEvent[],
): readonly CorrectionDraft[] {
  switch (command.type) {
    case 'CorrectRecord': {
      const correction = correct(command, history);
      return [correction, ...datedWith(correction, history, command.meta.id)];
    }
    case 'AnnulEvent':
      return annul(command, history);
    case 'FollowCorrection':
      return followed(command, history);
  }
}

function correct(
  command: CorrectRecord,
  history: readonly RecordedEvent[],
): Draft<RecordCorrected> {
  const event = targetOf(command, history);
  const { type, meta, revision } = event;
  if (isCorrection(event)) {
    throw new Refused('not-correctable', 'a correction is annulled, or made again', {
      field: 'target',
      type,
    });
  }
  needStatedBy(command, event);
  const fields = new Set<string>();
  const changes = command.changes.map(({ field, to }, n): FieldChange => {
    const from = readAt(event, field);
    checkChange(event, { field, from, to }, `changes.${n}`);
    if (fields.has(field)) throw badValue(`changes.${n}.field`, 'the field is named twice');
    fields.add(field);
    return { field, from, to };
  });
  if (changes.length === 0) throw nothingChanges('changes');
  const target = { id: meta.id, revision };
  const { reason } = command;
  return { type: 'RecordCorrected', data: { target, changes, reason, reached: 0 } };
}

/** An act has one time: the rest of what its command recorded is dated as the entry that is corrected. */
function datedWith(
  { data }: Draft<RecordCorrected>,
  history: readonly RecordedEvent[],
  cause: string,
): readonly Draft<RecordCorrected>[] {
  const to = data.changes.find(({ field }) => field === 'at')?.to;
  if (to === undefined) return [];
  const amendments = amendmentsIn(history) ?? new Map();
  const others = actOf(history, data.target.revision).filter(({ meta }) => {
    return meta.id !== data.target.id;
  });
  return others.flatMap((event): readonly Draft<RecordCorrected>[] => {
    const reads = amended(event, amendments);
    if (!reads || canonicalJson(reads.meta.at) === canonicalJson(to)) return [];
    const { id, at } = reads.meta;
    const target = { id, revision: reads.revision };
    const changes = [{ field: 'at', from: at, to }];
    const reason = 'follows from a correction';
    return [{ type: 'RecordCorrected', data: { target, changes, reason, reached: 0, cause } }];
  });
}

function checkChange(event: RecordedEvent, { field, from, to }: FieldChange, at: string): void {
  const kind = kindAt(event, field);
  const isInList = /\.\d+(?:\.|$)/.test(field);
  const isInNothing = field.includes('.') && readAt(event, parentOf(field)) === null;
  if (kind === undefined || isInNothing || (isInList && from === null)) {
    throw new Refused('not-correctable', `${field} of ${event.type} is not corrected`, {
      field: `${at}.field`,
      type: event.type,
    });
  }
  if (!isOfKind(to, kind)) throw badValue(`${at}.to`, `${field} takes ${kind.replace('?', '')}`);
  if (canonicalJson(from) === canonicalJson(to)) throw nothingChanges(`${at}.to`);
}

/** The path to what a field is a part of. */
function parentOf(field: string): string {
  return field.slice(0, field.lastIndexOf('.'));
}

/** All that one command recorded goes together, and so does a correction with what followed from it. */
function annul(
  command: AnnulEvent,
  history: readonly RecordedEvent[],
): readonly Draft<EventAnnulled>[] {
  const event = targetOf(command, history);
  const { type, revision } = event;
  const annuller = isCorrection(event) ? 'stater' : correctableOf(event)?.annulledBy;
  if (annuller === undefined || annuller === 'nobody' || 'cause' in event.data) {
    throw new Refused('not-annullable', `${type} is not annulled: ${fixedBecause(event)}`, {
      field: 'target',
      type,
    });
  }
  needStatedBy(command, event);
  if (annuller === 'officer') needRole(command.meta, 'authority', 'operator');
  const { reason } = command;
  return actOf(history, revision).map(({ meta, revision: nth }) => ({
    type: 'EventAnnulled',
    data: { target: { id: meta.id, revision: nth }, reason, reached: 0 },
  }));
}

/** All that the command recorded which recorded this entry. */
function actOf(history: readonly RecordedEvent[], revision: number): readonly RecordedEvent[] {
  const entry = history[revision];
  return actsOf(history).find((act) => entry && act.includes(entry)) ?? [];
}

/** Events that say what this stream was told by another one. */
const tellings: readonly string[] = [
  'StoneOpened',
  'ParcelOpened',
  'MixReceived',
  'IdentitiesMerged',
  'StoneTakenIn',
  'MeleeTakenIn',
  'GoodsTransited',
  'ReportOpened',
  'ReportCompared',
  'GradingReportSuperseded',
];

function followed(
  { told, cause, changes: asked, reason }: FollowCorrection,
  history: readonly RecordedEvent[],
): readonly Draft<RecordCorrected>[] {
  const amendments = amendmentsIn(history) ?? new Map();
  const event = history.find(
    ({ type, data }) => tellings.includes(type) && 'cause' in data && data.cause === told,
  );
  const reads = event && amended(event, amendments);
  if (!reads) return [];
  const changes = asked
    .map(({ field, to }): FieldChange => ({ field, from: readAt(reads, field), to }))
    .filter(({ from, to }) => canonicalJson(from) !== canonicalJson(to));
  if (changes.length === 0) return [];
  const target = { id: reads.meta.id, revision: reads.revision };
  return [{ type: 'RecordCorrected', data: { target, changes, reason, reached: 0, cause } }];
}

/**
 * The event as it reads now. Throws for one that is not there, or not in force any more. An auditor, who
 * may end a flag, may take that back.
 */
function targetOf(
  command: CorrectRecord | AnnulEvent,
  history: readonly RecordedEvent[],
): RecordedEvent {
  const { target, meta } = command;
  const check = history[0]?.type === 'FlagClosed' ? checkStatement : checkAct;
  check(command, null);
  const event = history[target];
  if (!event) {
    throw new Refused('unknown-entry', `there is no entry ${target}`, { field: 'target' });
  }
  if (!meta.documents?.some(({ sha256 }) => sha256 !== undefined)) {
    throw new Refused('document-needed', 'a correction names its evidence and its hash', {
      field: 'documents',
    });
  }
  const reads = amended(event, amendmentsIn(history) ?? new Map());
  if (reads) return reads;
  throw new Refused('annulled', `entry ${target} is annulled`, { field: 'target' });
}

/** What somebody stated is that party's to take back, or an officer's. */
function needStatedBy({ meta }: CorrectionCommand, event: RecordedEvent): void {
  const { type, data } = event;
  const isFollowing = isCorrection(event) && 'cause' in data;
  if (isFollowing || (!isCorrection(event) && correctableOf(event) === undefined)) {
    throw new Refused('not-correctable', `${type} is not corrected: ${fixedBecause(event)}`, {
      field: 'target',
      type,
    });
  }
  if (event.meta.by === meta.by) return;
  if (meta.roles.includes('authority') || meta.roles.includes('operator')) return;
  throw new Refused('not-your-act', `${event.meta.by} stated it`, { by: meta.by });
}

function fixedBecause(event: RecordedEvent): string {
  if (isCorrection(event)) return 'what it follows from is annulled';
  return correctableOf(event) ? 'what came of it has a record of its own' : whyFixed(event);
}

function badValue(field: string, message: string): Refused {
  return new Refused('bad-value', message, { field });
}

function nothingChanges(field: string): Refused {
  return new Refused('nothing-changes', 'it says what is recorded already', { field });
}
