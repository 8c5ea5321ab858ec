import type { CorrectionEvent } from '#events/correction';
import type { Amendments } from '#libs/decider/effective';
import { amended, amendmentsIn, isCorrection } from '#libs/decider/effective';
import type { RecordedEvent } from '#libs/store/store';

/** What a stream's corrections say, as far as they were told of. */
type Notes = {
  readonly corrections: Map<string, CorrectionEvent>;
  /** How many of them were known when an event was projected, by its id. */
  readonly projected: Map<string, number>;
  amendments: Amendments;
};

/**
 * The corrections a projector knows of, ahead of itself where it can: an event that is projected
 * when its correction is known is projected as corrected, and nothing has to be taken back.
 */
export function knownCorrections() {
  const streams = new Map<string, Notes>();
  return { learn, reading, isLate };

  /** In the order of the ledger; a correction that is told of twice counts once. */
  function learn(event: RecordedEvent): void {
    if (!isCorrection(event)) return;
    const { stream, data, meta, type } = event;
    const notes = streams.get(stream) ?? {
      corrections: new Map<string, CorrectionEvent>(),
      projected: new Map<string, number>(),
      amendments: new Map(),
    };
    streams.set(stream, notes);
    if (notes.corrections.has(meta.id)) return;
    notes.corrections.set(meta.id, { type, data, meta } as CorrectionEvent);
    notes.amendments = amendmentsIn([...notes.corrections.values()]) ?? new Map();
  }

  /** The event as it reads now; `undefined` when it was annulled. It counts as projected so. */
  function reading(event: RecordedEvent): RecordedEvent | undefined {
    const notes = streams.get(event.stream);
    if (!notes || isCorrection(event)) return event;
    notes.projected.set(event.meta.id, notes.corrections.size);
    return amended(event, notes.amendments);
  }

  /** Whether what the correction is of was projected before the correction was known. */
  function isLate(correction: RecordedEvent & CorrectionEvent): boolean {
    const { corrections, projected } = streams.get(correction.stream) ?? {};
    const nth = [...(corrections?.keys() ?? [])].indexOf(correction.meta.id);
    let { id } = correction.data.target;
    for (let of = corrections?.get(id); of; of = corrections?.get(id)) ({ id } = of.data.target);
    return (projected?.get(id) ?? -1) <= nth;
  }
}
