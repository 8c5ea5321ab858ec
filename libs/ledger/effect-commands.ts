import { v5 as uuidV5 } from 'uuid';
import type { Recorded } from '#events/event';
import { parseStream } from '#events/streams';
import type { CommandMeta } from '#libs/decider/decider';
import type { DecidedCommand } from '#libs/ledger/ledger-command';
import type { PackingCommand } from '#libs/trade/packing';

/**
 * Of the command that carries out an effect: stated by whoever stated the cause, then and there, so
 * no role is needed for it. `effect` names it among those of the same event; the id follows from
 * both, so that a repeat changes nothing. It belongs to what the cause belongs to.
 */
export function metaOfEffect({ meta }: Recorded, effect: string, now: string): CommandMeta {
  const { by, at, place, documents, correlationId } = meta;
  return {
    id: uuidV5(effect, meta.id),
    by,
    roles: [],
    now,
    at,
    ...(place && { place }),
    ...(documents && { documents }),
    ...(correlationId !== undefined && { correlationId }),
  };
}

/** A command before it is known by whom and when it is given. */
export type Unsaid<C> = C extends unknown ? Omit<C, 'meta'> : never;

/** What a shipment or its certificate tells goods, whatever they are. */
export function onGoods(
  event: Recorded,
  stream: string,
  now: string,
  said: Unsaid<PackingCommand>,
): DecidedCommand {
  const { category, id = '' } = parseStream(stream) ?? {};
  const command = { ...said, meta: metaOfEffect(event, stream, now) };
  return { category, id, command } as DecidedCommand;
}
