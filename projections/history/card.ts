import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { TreatmentKind } from '#events/laboratory';
import type { Content } from '#events/parcel';
import type { StoneForm } from '#events/stone';
import type { Weight } from '#events/values';
import { leftOf, rangeOf, scaleOf, sumOf, untouched, weightOf } from '#libs/trade/weight';

/**
 * What a stone or parcel is. `form` is `parcel` for parcels, which have `pieces` where they were
 * counted. A stone's weight is the one it came with, until a weighing narrows it; a parcel's is
 * what is left in it.
 */
export type Card = Readonly<{
  subject: string;
  form: StoneForm | 'parcel';
  consumed: number;
  mct: number;
  qualifier: Weight['qualifier'];
  basis: Weight['basis'];
  /** How far the scale may err that it was weighed on, where that was said. */
  tol_mct: number | null;
  pieces: number | null;
  order_no: string | null;
  mine: string | null;
  names: readonly string[];
  colour: string | null;
  clarity: string | null;
  shape: string | null;
  reports: readonly Readonly<{ laboratory: string; reportNo: string }>[];
  inscription: string | null;
  /** What was disclosed for life (ISO 18323), each kind once. */
  treatments: readonly TreatmentKind[];
  /** 1: a laboratory grew it, so that no mining origin can be claimed for it. */
  laboratory_grown: number;
}>;

export function weightOn({ mct, qualifier, basis, tol_mct }: Card): Weight {
  return { mct, qualifier, basis, ...(tol_mct !== null && { tolMct: tol_mct }) };
}

function stated({ mct, qualifier, basis, tolMct }: Weight) {
  return { mct, qualifier, basis, tol_mct: tolMct ?? null };
}

/**
 * The card after an event, the same object when it changed nothing; `undefined` before the first
 * and for streams of parties.
 */
export function evolveCard(card: Card | undefined, event: Recorded<LedgerEvent>): Card | undefined {
  return card ? changed(card, event) : opened(event);
}

const blank = {
  consumed: 0,
  pieces: null,
  order_no: null,
  mine: null,
  names: [],
  colour: null,
  clarity: null,
  shape: null,
  reports: [],
  inscription: null,
  treatments: [],
  laboratory_grown: 0,
} as const;

function opened(event: Recorded<LedgerEvent>): Card | undefined {
  const { stream: subject } = event;
  switch (event.type) {
    case 'RoughDiamondRecovered': {
      const { weight, mineId: mine, colour = null } = event.data;
      return { ...blank, subject, form: 'rough', ...stated(weight), mine, colour };
    }
    case 'HistoryOpened': {
      const { form, weight, origin } = event.data;
      const [mine = null, ...others] = origin.mineIds;
      const known = others.length === 0 ? { mine } : {};
      return { ...blank, subject, form, ...stated(weight), ...known };
    }
    case 'StoneOpened': {
      const { form, weight, orderNo, name, origin, ...graded } = event.data;
      const { colour = null, clarity = null, shape = null, treatments = [] } = graded;
      const [mine = null, ...others] = origin.mineIds;
      return {
        ...blank,
        subject,
        form,
        ...stated(weight),
        order_no: orderNo ?? null,
        mine: others.length === 0 ? mine : null,
        names: name === undefined ? [] : [name],
        colour,
        clarity,
        shape,
        treatments,
        laboratory_grown: Number(graded.laboratoryGrown === true),
      };
    }
    case 'ProductionLotRecovered': {
      const { content, mineId: mine } = event.data;
      return { ...blank, subject, form: 'parcel', ...held(content), mine };
    }
    case 'ParcelOpened':
    case 'ParcelHistoryOpened':
    case 'MixReceived': {
      const { content } = event.data;
      const [mine = null, ...others] = event.data.origin.mineIds;
      const known = {
        ...(others.length === 0 && { mine }),
        laboratory_grown: Number('laboratoryGrown' in event.data && event.data.laboratoryGrown),
      };
      return { ...blank, subject, form: 'parcel', ...held(content), ...known };
    }
    default:
      return undefined;
  }
}

function changed(card: Card, event: Recorded<LedgerEvent>): Card {
  switch (event.type) {
    case 'StoneNamed':
      return { ...card, names: [...card.names, event.data.name] };
    case 'CustodyReleased':
    case 'CustodyAccepted':
      return weighedOn(card, event.data.weight);
    case 'ManufacturingStarted': {
      const counted = card.form === 'parcel' ? { pieces: null } : {};
      return { ...card, ...counted, order_no: event.data.orderNo };
    }
    case 'PolishedParcelProduced':
      return without(card, [{ weight: event.data.content.weight, pieces: 0 }]);
    case 'ManufacturingLossRecorded':
      return card.form === 'parcel' ? without(card, [{ ...event.data, pieces: 0 }]) : card;
    case 'RoughCleaned':
    case 'StoneBruted':
    case 'StoneBlocked':
      return { ...card, ...stated(event.data.weightAfter) };
    case 'StoneRecut':
    case 'StoneRepolished': {
      const { weightAfter, shape } = event.data;
      return { ...card, ...stated(weightAfter), shape: shape ?? card.shape };
    }
    case 'LaboratoryGrownDetected': {
      const { part } = event.data;
      return part
        ? emptied(without(card, [part.content]))
        : { ...card, mine: null, laboratory_grown: 1 };
    }
    case 'TreatmentDisclosed': {
      const { kind } = event.data;
      if (card.treatments.includes(kind)) return card;
      return { ...card, treatments: [...card.treatments, kind] };
    }
    case 'MeleeSet':
      return emptied(without(card, [event.data.content]));
    case 'MeleeReturned':
      return {
        ...joined(card, event.data.content, card.mine === null ? [] : [card.mine]),
        consumed: 0,
      };
    case 'RoughSawn':
    case 'RoughCleaved':
    case 'ManufacturingClosed':
    case 'StoneBroken':
    case 'IdentityGivenUp':
      return { ...card, order_no: null, consumed: 1 };
    case 'IdentityRestored':
      return { ...card, consumed: 0 };
    case 'GradingReportIssued': {
      const { laboratory, reportNo, colour, clarity, shape } = event.data;
      return {
        ...card,
        colour: colour ?? card.colour,
        clarity: clarity ?? card.clarity,
        shape: shape ?? card.shape,
        reports: [...card.reports, { laboratory, reportNo }],
      };
    }
    case 'LaserInscriptionApplied':
      return { ...card, inscription: event.data.text };
    case 'LaserInscriptionRemoved':
      return card.inscription === event.data.text ? { ...card, inscription: null } : card;
    case 'ParcelSorted': {
      const { parts, loss } = event.data;
      const contents = parts.map(({ content }) => content);
      return { ...without(card, [...contents, { weight: loss, pieces: 0 }]), consumed: 1 };
    }
    case 'ParcelSplit':
      return emptied(
        without(
          card,
          event.data.parts.map(({ content }) => content),
        ),
      );
    case 'StoneSingledOut':
      return emptied(without(card, [{ weight: event.data.weight, pieces: 1 }]));
    case 'ParcelMixed':
      return { ...card, consumed: 1 };
    case 'MixReturned':
      return { ...card, consumed: 0 };
    case 'MixReceived':
      return joined(card, event.data.content, event.data.origin.mineIds);
    default:
      return card;
  }
}

function held({ weight, pieces }: Content) {
  return { ...stated(weight), pieces: pieces ?? null };
}

/** Goods under a manufacturing order change by cutting, not by weighing. */
function weighedOn(card: Card, weight: Weight | undefined): Card {
  if (weight?.basis !== 'weighed' || weight.qualifier !== 'eq') return card;
  const settled = card.qualifier === 'eq' && card.basis === 'weighed';
  return settled || card.order_no !== null ? card : { ...card, ...stated(weight) };
}

function without(card: Card, parts: readonly Content[]): Card {
  const out = sumOf(parts.map(({ weight }) => rangeOf(weight)));
  const left = leftOf({ ...untouched(rangeOf(weightOn(card)), 0), out });
  const taken = parts.map(({ pieces }) => pieces);
  const counted = taken.every((pieces) => pieces !== undefined);
  const pieces =
    card.pieces === null || !counted
      ? null
      : taken.reduce((rest: number, each) => Math.max(0, rest - (each ?? 0)), card.pieces);
  const { mct, qualifier, basis } = weightOf(left, card.basis);
  return { ...card, mct, qualifier, basis, pieces };
}

/** A parcel out of which everything was taken is used up. */
function emptied(card: Card): Card {
  const { max } = rangeOf(weightOn(card));
  return max === 0 || card.pieces === 0 ? { ...card, consumed: 1 } : card;
}

function joined(card: Card, { weight, pieces }: Content, mineIds: readonly string[]): Card {
  const basis = card.basis === weight.basis ? card.basis : 'estimated';
  const sum = sumOf([rangeOf(weightOn(card)), rangeOf(weight)]);
  const isUsual = card.tol_mct === null && weight.tolMct === undefined;
  return {
    ...card,
    ...stated(weightOf(sum, basis)),
    tol_mct: isUsual ? null : scaleOf(weightOn(card)) + scaleOf(weight),
    pieces: card.pieces === null || pieces === undefined ? null : card.pieces + pieces,
    mine: mineIds.length === 1 && mineIds[0] === card.mine ? card.mine : null,
  };
}
