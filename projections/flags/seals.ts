import type { Recorded } from '#events/event';
import type { LedgerEvent } from '#events/ledger-event';
import type { Table, ViewWriter } from '#libs/views/views';
import type { FlagFold, FlaggedEvent } from '#projections/flags/flag';
import { flaggedEvent, raise } from '#projections/flags/flag';

/** The seal on a container (of a shipment) or on a packet (of goods), and what was `found` in its place. */
type Sealed = Readonly<{
  subject: string;
  seal_no: string;
  said: FlaggedEvent;
  found: readonly string[];
}>;

const seals: Table<Sealed> = {
  name: 'flag_seals',
  columns: { subject: 'text', seal_no: 'text', said: 'json', found: 'json' },
  key: ['subject'],
};

/**
 * `seal-changed`: what was sealed bears another seal, or none, without anybody having opened it for a
 * reason. An authority that seals anew after looking inside is no breach. Who finds the same in its
 * place again, further on the way or on arrival, tells of the same change.
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
    case 'PacketSealed': {
      const { sealNo: seal_no } = event.data;
      return views.put(seals, { subject, seal_no, said: flaggedEvent(event), found: [] });
    }
    case 'PacketUnsealed':
      return views.delete(seals, { subject });
    case 'SealBreachFound':
    case 'PacketSealBreachFound': {
      const { sealNo, foundNo = 'no seal', finding } = event.data;
      const found = foundNo === sealNo ? ' and found' : `, ${foundNo} found`;
      return changed(foundNo, `${sealNo} was put on${found}: ${finding}`);
    }
    case 'TransitRecorded':
    case 'ShipmentArrived': {
      const { sealNo } = event.data;
      const row = await views.get(seals, { subject });
      if (sealNo === undefined || !row || row.seal_no === sealNo) return;
      return changed(sealNo, `${row.seal_no} was put on, ${sealNo} found`);
    }
  }

  async function changed(seen: string, finding: string): Promise<void> {
    const row = await views.get(seals, { subject });
    if (row?.found.includes(seen)) return;
    await raise(views, 'seal-changed', event, finding, row ? [row.said] : []);
    if (row) views.put(seals, { ...row, found: [...row.found, seen] });
  }
}
