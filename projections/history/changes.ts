import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import { soleOwner } from '#libs/trade/holding';
import type { Card } from '#projections/history/card';
import { weightOn } from '#projections/history/card';

/** What a step changed, as it can be told: `from` is `null` where there was nothing before. */
export type Change = Readonly<{
  field: 'custodian' | 'owner' | 'weight' | 'form' | 'status';
  from: unknown;
  to: unknown;
}>;

/** The order in which the changes of one step are told. */
const told: readonly Change['field'][] = ['form', 'custodian', 'owner', 'weight', 'status'];

/** What an event changed of the goods of its stream, which were `before` and are `after`. */
export function changesOf(
  event: Recorded<LedgerEvent>,
  before: Card | undefined,
  after: Card | undefined,
): readonly Change[] {
  const changes = [...holdingChanges(event), ...cardChanges(before, after)];
  return changes.sort((a, b) => told.indexOf(a.field) - told.indexOf(b.field));
}

/** Who holds and who owns: the events say it themselves. */
function holdingChanges(event: Recorded<LedgerEvent>): Change[] {
  switch (event.type) {
    case 'RoughDiamondRecovered':
    case 'ProductionLotRecovered':
    case 'JewelleryItemMade':
    case 'ReturnedByCustomer':
    case 'Repurchased':
      return holders(event.meta.by, event.meta.by);
    case 'RetailSold':
      return holders(null, null, event.meta.by);
    case 'HistoryOpened':
    case 'ParcelHistoryOpened':
      return holders(event.meta.by, event.data.owner ?? null);
    case 'StoneOpened':
    case 'ParcelOpened':
      return holders(event.data.custodian, event.data.owner);
    case 'MixReceived':
      return event.revision === 0 ? holders(event.data.custodian, event.data.owner) : [];
    case 'CustodyAccepted':
      return [{ field: 'custodian', from: event.data.from, to: event.data.to }];
    case 'Recovered':
    case 'Seized': {
      const { from, custodian: to } = event.data;
      return from === to ? [] : [{ field: 'custodian', from, to }];
    }
    case 'StoneUnset':
      return holders(event.data.custodian, event.data.owner);
    case 'TitleShareTransferred':
      return [{ field: 'owner', from: event.data.from, to: soleOwner(event.data.shares) }];
    case 'TitleContestResolved':
      return event.data.passed ? [{ field: 'owner', ...event.data.passed }] : [];
    case 'Forfeited':
    case 'TitleTransferred':
      return [{ field: 'owner', from: event.data.from, to: event.data.to }];
    default:
      return [];
  }
}

/** `from` is who had both before: nobody known where it is left out. A consumer is `null`. */
function holders(
  custodian: string | null,
  owner: string | null,
  from: string | null = null,
): Change[] {
  return [
    { field: 'custodian', from, to: custodian },
    { field: 'owner', from, to: owner },
  ];
}

function cardChanges(before: Card | undefined, after: Card | undefined): readonly Change[] {
  const changes: Change[] = [];
  if (!after || after === before) return changes;
  if (before?.form !== after.form) {
    changes.push({ field: 'form', from: before?.form ?? null, to: after.form });
  }
  if (before?.mct !== after.mct || before.qualifier !== after.qualifier) {
    const from = before ? weightOn(before) : null;
    changes.push({ field: 'weight', from, to: weightOn(after) });
  }
  if (before && before.consumed !== after.consumed) {
    changes.push({ field: 'status', from: status(before), to: status(after) });
  }
  return changes;
}

function status({ consumed }: Card): 'open' | 'consumed' {
  return consumed ? 'consumed' : 'open';
}
