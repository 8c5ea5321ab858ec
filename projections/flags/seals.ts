import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { Table, ViewWriter } from '#libs/views/views';
import type { FlagFold, FlaggedEvent } from '#projections/flags/flag';
import { flaggedEvent, raise } from '#projections/flags/flag';

/** The seal on a container (of a shipment) or on a packet (of goods). */
type Sealed = Readonly<{ subject: string; seal_no: string; said: FlaggedEvent }>;

const seals: Table<Sealed> = {
  name: 'flag_seals',
  columns: { subject: 'text', seal_no: 'text', said: 'json' },
  key: ['subject'],
};

/**
 * `seal-changed`: what was sealed bears another seal, or none, without anybody having opened it for a
 * reason. An authority that seals anew after looking inside is no breach.
 */
export const sealing: FlagFold = {
  tables: [seals],
  handles: [
    'ContainerSealed',
    'PacketSealed',
    'PacketUnsealed',
    'SealBreachFound',
    'PacketSealBreachFound',
    'TransitRecorded',
    'ShipmentArrived',
  ],
  project,
  forget: (subject, views) => views.delete(seals, { subject }),
};

async function project(event: Recorded<LedgerEvent>, views: ViewWriter): Promise<void> {
  const { stream: subject } = event;
  switch (event.type) {
    case 'ContainerSealed':
    case 'PacketSealed':
      return views.put(seals, { subject, seal_no: event.data.sealNo, said: flaggedEvent(event) });
    case 'PacketUnsealed':
      return views.delete(seals, { subject });
    case 'SealBreachFound':
    case 'PacketSealBreachFound': {
      const { sealNo, foundNo = 'no seal', finding } = event.data;
      return changed(`${sealNo} was put on, ${foundNo} found: ${finding}`);
    }
    case 'TransitRecorded':
    case 'ShipmentArrived': {
      const { sealNo } = event.data;
      const row = await views.get(seals, { subject });
      if (sealNo === undefined || !row || row.seal_no === sealNo) return;
      return changed(`${row.seal_no} was put on, ${sealNo} found`);
    }
  }

  async function changed(finding: string): Promise<void> {
    const row = await views.get(seals, { subject });
    await raise(views, 'seal-changed', event, finding, row ? [row.said] : []);
  }
}
