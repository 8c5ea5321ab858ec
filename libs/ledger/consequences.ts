import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { MixRefused, ParcelEvent, ParcelMixed, ParcelPart } from '#events/parcel';
import type { IdentityGivenUp, IdentityMergeRefused } from '#events/identity';
import { parcelStream, parseStream, partId, singledOutId, stoneStream } from '#events/streams';
import type { StoneEvent, StoneOpened } from '#events/stone';
import type { Command } from '#libs/decider/decider';
import { fold } from '#libs/decider/decider';
import { isCorrection } from '#libs/decider/effective';
import { metaOfEffect } from '#libs/ledger/effect-commands';
import type { Context } from '#libs/ledger/effects';
import { effectual, effects } from '#libs/ledger/effects';
import type { DecidedCommand } from '#libs/ledger/ledger-command';
import { deciderOf } from '#libs/ledger/ledger-command';
import { originOfPart } from '#libs/parcel/parcel-content';
import { mixedKind } from '#libs/parcel/parcel-mixing';
import type { Parcel } from '#libs/parcel/parcel-state';
import type { Stone } from '#libs/stone/stone-state';
import { heldAs, pledgedAs } from '#libs/trade/holding';
import { rangeOf } from '#libs/trade/weight';
import type { RecordedEvent } from '#libs/store/store';

/** The events that something follows from on other streams. */
export const consequential: ReadonlySet<string> = new Set([
  'RoughSawn',
  'RoughCleaved',
  'PolishedDiamondProduced',
  'StoneBroken',
  'IdentityGivenUp',
  'IdentityMergeRefused',
  'IdentitySplit',
  'PolishedParcelProduced',
  'LaboratoryGrownDetected',
  'ParcelSorted',
  'ParcelSplit',
  'ParcelMixed',
  'MixRefused',
  'StoneSingledOut',
  'OriginContestResolved',
  'OriginContestFollowed',
  'RecordCorrected',
  'EventAnnulled',
  ...effectual,
]);

/**
 * What follows from an event on other streams. `before` is its stream's history up to it, `now` the
 * ledger's clock. Pure, with ids derived from the event, so that carrying it out twice changes
 * nothing the second time.
 */
export function consequences(
  event: RecordedEvent,
  before: readonly RecordedEvent[],
  now: string,
): readonly DecidedCommand[] {
  const { category } = parseStream(event.stream) ?? {};
  if (category === undefined || !consequential.has(event.type) || isCorrection(event)) return [];
  const state = fold<unknown, Command, LedgerEvent>(deciderOf(category), before);
  return consequencesIn(event, { state, first: before[0] }, now);
}

/** The same of an event that met a state which is known. */
export function consequencesIn(
  event: RecordedEvent,
  context: Context,
  now: string,
): readonly DecidedCommand[] {
  if (!consequential.has(event.type) || isCorrection(event)) return [];
  if (effectual.has(event.type)) return effects(event, context, now);
  const { id = '', category } = parseStream(event.stream) ?? {};
  if (!context.state) return [];
  return category === 'stone'
    ? ofStone(event as Recorded<StoneEvent>, id, context.state as Stone, now)
    : ofParcel(event as Recorded<ParcelEvent>, id, context.state as Parcel, now);
}

function ofStone(
  event: Recorded<StoneEvent>,
  id: string,
  state: Stone,
  now: string,
): readonly DecidedCommand[] {
  const { holding } = state;
  const inherited = {
    origin: state.origin,
    ...heldAs(holding),
    ...pledgedAs(holding),
    ...knownOf(state),
  };
  switch (event.type) {
    case 'RoughSawn':
    case 'RoughCleaved':
      return event.data.pieces.map(({ n, weight }) =>
        openStone(event, partId(id, n), now, {
          ...inherited,
          form: 'piece',
          weight,
          ...(state.order && { orderNo: state.order.orderNo }),
        }),
      );
    case 'PolishedDiamondProduced': {
      const { n, planNo: _, ...made } = event.data;
      return [openStone(event, partId(id, n), now, { ...inherited, form: 'polished', ...made })];
    }
    case 'StoneBroken': {
      const form = state.form === 'polished' ? 'polished' : 'piece';
      const order = state.order && { orderNo: state.order.orderNo };
      return event.data.pieces.map(({ n, weight }) =>
        openStone(event, partId(id, n), now, { ...inherited, form, weight, ...order }),
      );
    }
    case 'IdentitySplit': {
      const { n, weight } = event.data;
      return [openStone(event, partId(id, n), now, { ...inherited, form: state.form, weight })];
    }
    case 'IdentityGivenUp':
      return [mergeIdentity(event, id, state, now)];
    case 'IdentityMergeRefused':
      return [restoreIdentity(event, id, now)];
    default:
      return [];
  }
}

function ofParcel(
  event: Recorded<ParcelEvent>,
  id: string,
  state: Parcel,
  now: string,
): readonly DecidedCommand[] {
  switch (event.type) {
    case 'ParcelSorted':
    case 'ParcelSplit':
      return event.data.parts.map((part) => openParcel(event, id, part, state, now));
    case 'PolishedParcelProduced': {
      const { sieves: _, ...made } = event.data;
      return [openParcel(event, id, made, { ...state, form: 'polished', sieve: null }, now)];
    }
    case 'LaboratoryGrownDetected': {
      const { part } = event.data;
      if (!part) return [];
      return [openParcel(event, id, part, { ...state, laboratoryGrown: true }, now)];
    }
    case 'StoneSingledOut': {
      const { n, weight, colour } = event.data;
      return [
        openStone(event, singledOutId(id, n), now, {
          ...heldAs(state.holding),
          ...pledgedAs(state.holding),
          origin: originOfPart(state.goods, rangeOf(weight)),
          form: state.form,
          weight,
          ...(state.laboratoryGrown && { laboratoryGrown: true }),
          ...(colour !== undefined && { colour }),
        }),
      ];
    }
    case 'ParcelMixed':
      return [receiveMix(event, state, now)];
    case 'MixRefused':
      return [returnMix(event, id, now)];
    default:
      return [];
  }
}

type Inherited = Omit<StoneOpened['data'], 'parent' | 'cause'>;

function openStone(
  event: Recorded<StoneEvent | ParcelEvent>,
  id: string,
  now: string,
  inherited: Inherited,
): DecidedCommand {
  const meta = metaOfEffect(event, id, now);
  const command = { type: 'OpenStone', ...comesFrom(event), ...inherited, meta } as const;
  return { category: 'stone', id, command };
}

function openParcel(
  event: Recorded<ParcelEvent>,
  parentId: string,
  { n, ...part }: ParcelPart,
  state: Parcel,
  now: string,
): DecidedCommand {
  const id = partId(parentId, n);
  const command = {
    type: 'OpenParcel',
    ...comesFrom(event),
    ...heldAs(state.holding),
    ...pledgedAs(state.holding),
    origin: originOfPart(state.goods, rangeOf(part.content.weight)),
    ...mixedKind(state),
    ...(state.sieve !== null && { sieve: state.sieve }),
    ...part,
    meta: metaOfEffect(event, id, now),
  } as const;
  return { category: 'parcel', id, command };
}

function receiveMix(event: Recorded<ParcelMixed>, state: Parcel, now: string): DecidedCommand {
  const { into, content, origin } = event.data;
  const command = {
    type: 'ReceiveMix',
    parcelId: into,
    from: { stream: event.stream, revision: event.revision },
    cause: event.meta.id,
    content,
    origin,
    ...heldAs(state.holding),
    ...mixedKind(state),
    meta: metaOfEffect(event, parcelStream(into), now),
  } as const;
  return { category: 'parcel', id: into, command };
}

function returnMix(event: Recorded<MixRefused>, into: string, now: string): DecidedCommand {
  const { from, cause, code } = event.data;
  const id = parseStream(from.stream)?.id ?? '';
  const command = {
    type: 'ReturnMix',
    into,
    cause,
    code,
    meta: metaOfEffect(event, id, now),
  } as const;
  return { category: 'parcel', id, command };
}

/** The record given up goes to the survivor's stream, which takes it in or refuses it. */
function mergeIdentity(
  event: Recorded<IdentityGivenUp>,
  merged: string,
  state: Stone,
  now: string,
): DecidedCommand {
  const { survivor, weight, origin } = event.data;
  const command = {
    type: 'MergeIdentity',
    survivor,
    merged,
    cause: event.meta.id,
    weight,
    origin,
    form: state.form,
    ...heldAs(state.holding),
    meta: metaOfEffect(event, stoneStream(survivor), now),
  } as const;
  return { category: 'stone', id: survivor, command };
}

function restoreIdentity(
  event: Recorded<IdentityMergeRefused>,
  survivor: string,
  now: string,
): DecidedCommand {
  const { merged: id, cause, code } = event.data;
  const meta = metaOfEffect(event, id, now);
  const command = { type: 'RestoreIdentity', survivor, cause, code, meta } as const;
  return { category: 'stone', id, command };
}

/** What was found out of a stone is so of what is cut of it. */
function knownOf({ treatments, laboratoryGrown }: Stone) {
  return {
    ...(treatments.length > 0 && { treatments }),
    ...(laboratoryGrown && { laboratoryGrown: true as const }),
  };
}

function comesFrom({ stream, revision, meta }: Recorded) {
  return { parent: { stream, revision }, cause: meta.id } as const;
}
