import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { ViewWriter } from '#libs/views/views';
import type { FlagFold } from '#projections/flags/flag';
import { raise } from '#projections/flags/flag';

/**
 * `weight-discrepancy`: at a hand-over the receiver's scales and the record differ by more than
 * scales may (domain I1). The decider records it beside the acceptance and leaves the record as it is.
 */
export const discrepancies: FlagFold = {
  tables: [],
  handles: ['WeightDiscrepancyRecorded'],
  project: async (event: Recorded<LedgerEvent>, views: ViewWriter) => {
    if (event.type !== 'WeightDiscrepancyRecorded') return;
    const { from, to, expected, weight } = event.data;
    const said = `${to} weighed ${weight.mct} mct where ${from} gave ${expected.mct} mct`;
    await raise(views, 'weight-discrepancy', event, said);
  },
};
