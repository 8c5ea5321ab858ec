import type { Draft } from '#events/event';
import type { StoneEvent } from '#events/stone';
import { lookedUp } from '#libs/certificate/certificate-standing';
import { factsOf, needRole } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import { daysOf } from '#libs/decider/when';
import {
  hasUniqueStones,
  uniqueStonesVersion,
  uniqueThresholdOn,
} from '#libs/reference/unique-stones';
import type { Stone } from '#libs/stone/stone-state';
import type { DesignateUnique, UniqueCommand } from '#libs/stone/unique-command';
import { needClear } from '#libs/trade/bounds';
import { checkOther, needTitle } from '#libs/trade/holder';
import { checkPrice } from '#libs/trade/price';
import { leftOf } from '#libs/trade/weight';

/** The first call on a unique stone; `declined` once the state does not want it. */
export type FirstCall = Readonly<{
  /** The state's, `null` where it was not recorded. */
  country: string | null;
  offeredTo: string | null;
  declined: boolean;
}>;

/** Stones so large that the state has the first call on them (domain §3). */
export function decideUnique(command: UniqueCommand, state: Stone): Draft<StoneEvent> {
  const { meta } = command;
  const { holding, firstCall } = state;
  switch (command.type) {
    case 'DesignateUnique': {
      needRole(meta, 'authority');
      if (firstCall) throw new Refused('already-unique', 'the stone is already designated');
      const { decree, decisionNo, known } = command;
      const { country, reliedOn } = lookedUp(known);
      if (country === null || !hasUniqueStones(country)) {
        throw new Refused('other-state', `no decree of ${country ?? 'none'} names unique stones`, {
          by: meta.by,
        });
      }
      const threshold = passed(command, state, country);
      const data = { authority: meta.by, decree, decisionNo, threshold, country, reliedOn };
      return { type: 'UniqueStoneDesignated', data };
    }
    case 'OfferToState': {
      const { known, ...said } = factsOf(command);
      needTitle(meta, holding);
      needClear(holding);
      if (!firstCall) throw new Refused('not-unique', 'the stone is not designated unique');
      checkOther(meta, command.to, 'to');
      checkPrice(command.price, 'price');
      const { country, reliedOn } = lookedUp(known);
      if (firstCall.country !== null && country !== firstCall.country) {
        const message = `${command.to} is no authority of ${firstCall.country}, which has the call`;
        throw new Refused('not-the-state', message, { field: 'to' });
      }
      return { type: 'StateOfferMade', data: { ...said, reliedOn } };
    }
    case 'DeclineStateOffer':
      needRole(meta, 'authority');
      if (!firstCall?.offeredTo) {
        throw new Refused('no-state-offer', 'the stone was not offered to the state');
      }
      if (firstCall.offeredTo !== meta.by) {
        throw new Refused('not-your-act', `the stone was offered to ${firstCall.offeredTo}`, {
          by: meta.by,
        });
      }
      return { type: 'StateOfferDeclined', data: { authority: meta.by, ...factsOf(command) } };
  }
}

/** Throws `state-first-call` while the title may only go to the state. */
export function checkFirstCall({ firstCall }: Stone, party: string): void {
  if (!firstCall || firstCall.declined || firstCall.offeredTo === party) return;
  throw new Refused('state-first-call', 'the state has not declined the unique stone', {
    field: 'to',
    party,
  });
}

/** The threshold of the authority's state that the stone reaches. Throws `below-threshold`. */
function passed({ meta }: DesignateUnique, { form, balance }: Stone, country: string) {
  const threshold = uniqueThresholdOn(daysOf(meta.at).last, country);
  const least = form === 'polished' ? threshold?.polishedMct : threshold?.roughMct;
  if (least !== undefined && leftOf(balance).max >= least) {
    return { leastMct: least, data: uniqueStonesVersion() };
  }
  throw new Refused('below-threshold', `a unique stone weighs at least ${least ?? 'unknown'} mct`, {
    leastMct: least,
  });
}
