import type { When } from '#events/event';
import type { StoneEvent } from '#events/stone';
import { longestChosenId } from '#events/streams';
import type { Weight } from '#events/values';
import type { Stone } from '#libs/stone/stone-state';
import { heldBy } from '#libs/trade/holding';
import { longestPartId } from '#libs/trade/part';
import { originOfMine } from '#libs/trade/recovery';
import { rangeOf, scaleOf, untouched } from '#libs/trade/weight';

export type Opening = Extract<
  StoneEvent,
  { type: 'RoughDiamondRecovered' | 'HistoryOpened' | 'StoneOpened' }
>;

/** Events that a stone's record begins with. */
export function isOpening(event: StoneEvent): event is Opening {
  const { type } = event;
  return type === 'RoughDiamondRecovered' || type === 'HistoryOpened' || type === 'StoneOpened';
}

/** The stone as its record begins. */
export function begun(event: Opening): Stone {
  const { meta } = event;
  switch (event.type) {
    case 'RoughDiamondRecovered': {
      const { weight } = event.data;
      const origin = originOfMine(event.data, 'identity-preserved');
      const holding = heldBy(meta.by, meta.by);
      return opened({ form: 'rough', weight, origin, holding, at: meta.at });
    }
    case 'HistoryOpened': {
      const { owner = null, ...data } = event.data;
      return opened({ ...data, holding: heldBy(meta.by, owner), at: meta.at });
    }
    case 'StoneOpened': {
      const { custodian, owner, orderNo, cause, parent, treatments, laboratoryGrown, ...data } =
        event.data;
      const holding = heldBy(custodian, owner, data);
      return {
        ...opened({ ...data, holding, at: meta.at }),
        order: orderNo === undefined ? null : { orderNo, by: custodian },
        treatments: treatments ?? [],
        laboratoryGrown: laboratoryGrown ?? false,
        cause,
        idLength: longestPartId(parent.stream),
      };
    }
  }
}

type Beginning = Pick<Stone, 'form' | 'origin' | 'holding'> &
  Readonly<{ weight: Weight; at: When }>;

function opened({ form, weight, origin, holding, at }: Beginning): Stone {
  return {
    form,
    consumed: false,
    balance: untouched(rangeOf(weight), scaleOf(weight)),
    holding,
    origin,
    order: null,
    parts: 0,
    scans: [],
    fingerprints: {},
    plans: [],
    reports: [],
    liveReports: [],
    inscriptions: [],
    treatments: [],
    laboratoryGrown: false,
    laboratory: null,
    blocked: false,
    firstCall: null,
    setting: null,
    sold: null,
    unset: [],
    givenUp: null,
    agreed: [],
    answered: [],
    cause: null,
    idLength: longestChosenId,
    latest: at,
  };
}
