import { v5 as uuidV5 } from 'uuid';
import type { Recorded } from '#events/event';
import type { CommandMeta } from '#libs/decider/decider';

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
