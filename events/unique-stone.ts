import type { Event } from '#events/event';
import type { ReliedOn } from '#events/relied-on';
import type { Money } from '#events/values';

/**
 * An authority designated the stone unique under a decree. Its title cannot move before the state
 * declined an offer, unless it moves to the state.
 */
export type UniqueStoneDesignated = Event<
  'UniqueStoneDesignated',
  Readonly<{
    authority: string;
    decree: string;
    decisionNo: string;
    /** The least weight in mct that day, and the SHA-256 of the reference data that says so. */
    threshold?: Readonly<{
      /** @asType integer */
      leastMct: number;
      data: string;
    }>;
    /** The state that has the first call, ISO 3166-1 alpha-2. */
    country?: string;
    reliedOn?: readonly ReliedOn[];
  }>
>;

/** The owner offered the unique stone to the state. */
export type StateOfferMade = Event<
  'StateOfferMade',
  Readonly<{ to: string; price?: Money; reliedOn?: readonly ReliedOn[] }>
>;

/** The state does not buy; the owner may sell to others. */
export type StateOfferDeclined = Event<
  'StateOfferDeclined',
  Readonly<{ authority: string; decisionNo: string }>
>;

export type UniqueStoneEvent = UniqueStoneDesignated | StateOfferMade | StateOfferDeclined;
