import type {
  StateOfferDeclined,
  StateOfferMade,
  UniqueStoneDesignated,
} from '#events/unique-stone';
import type { ReliedOn } from '#events/relied-on';
import type { Command } from '#libs/decider/decider';

/** The state that a party is an authority of, `null` of none. */
type StateKnown = Readonly<{ country: string | null; reliedOn: readonly ReliedOn[] }>;

/** An authority designates the stone unique. */
export type DesignateUnique = Command<'DesignateUnique'> &
  Pick<UniqueStoneDesignated['data'], 'decree' | 'decisionNo'> &
  Readonly<{ known?: StateKnown }>;

/** The owner offers the unique stone to the state. */
export type OfferToState = Command<'OfferToState'> &
  Omit<StateOfferMade['data'], 'reliedOn'> &
  Readonly<{ known?: StateKnown }>;

/** The authority it was offered to declines. */
export type DeclineStateOffer = Command<'DeclineStateOffer'> &
  Omit<StateOfferDeclined['data'], 'authority'>;

export type UniqueCommand = DesignateUnique | OfferToState | DeclineStateOffer;
