import type { Event } from '#events/event';

/** An event of the same stream, named twice over: by its id and by its revision. */
export type Target = Readonly<{
  id: string;
  /** @asType integer */
  revision: number;
}>;

/**
 * One field of a statement: `field` is the path to it (`data.weight`, `data.pieces.0.weight`, `at`,
 * `place`), places in lists counted from 0. `null` stands for a field that is not there.
 */
export type FieldChange = Readonly<{ field: string; from: unknown; to: unknown }>;

/**
 * What was recorded was wrong, and how it should have read. The target stays as it is; whoever reads
 * it from now on reads it with these changes. `reached` counts what other streams were told and
 * now have to correct, each by a correction with this event's id as `cause`; a correction that has a
 * `cause` follows from another one and nobody stated it.
 */
export type RecordCorrected = Event<
  'RecordCorrected',
  Readonly<{
    target: Target;
    changes: readonly FieldChange[];
    reason: string;
    /** @asType integer */
    reached: number;
    cause?: string;
  }>
>;

/** The target did not happen. An annulled correction or annulment is undone. */
export type EventAnnulled = Event<
  'EventAnnulled',
  Readonly<{
    target: Target;
    reason: string;
    /** @asType integer */
    reached: number;
  }>
>;

/** Events about events: any stream may hold them. */
export type CorrectionEvent = RecordCorrected | EventAnnulled;
