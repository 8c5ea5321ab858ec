import type { Recorded, When } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';

/** How an interval of custody or title ended; `null` while it lasts. Positions are the ledger's. */
export type Ending = Readonly<{
  until: When | null;
  until_position: bigint | null;
  until_recorded_at: string | null;
}>;

export const endingColumns = {
  until: 'json?',
  until_position: 'bigint?',
  until_recorded_at: 'text?',
} as const;

export const lasting: Ending = { until: null, until_position: null, until_recorded_at: null };

export function endedBy({ meta, position, recordedAt }: Recorded<LedgerEvent>): Ending {
  return { until: meta.at, until_position: position, until_recorded_at: recordedAt };
}
