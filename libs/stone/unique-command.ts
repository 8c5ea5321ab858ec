import type {
  StateOfferDeclined,
  StateOfferMade,
  UniqueStoneDesignated,
} from '#events/unique-stone';
import type { Command } from '#libs/decider/decider';

/** An authority designates the stone unique. */
export type DesignateUnique = Command<'DesignateUnique'> &
  Omit<UniqueStoneDesignated['data'], 'authority'>;

/** The owner offers the unique stone to the state. */
export type OfferToState = Command<'OfferToState'> & StateOfferMade['data'];

/** The authority it was offered to declines. */
export type DeclineStateOffer = Command<'DeclineStateOffer'> &
  Omit<StateOfferDeclined['data'], 'authority'>;

export type UniqueCommand = DesignateUnique | OfferToState | DeclineStateOffer;
