import type { Event } from '#events/event';

/** The custodian sealed the packet the goods are in; a packet carries one seal. */
export type PacketSealed = Event<
  'PacketSealed',
  Readonly<{ sealNo: string; containerNo?: string }>
>;

/** The seal is whole and carries the number it was sealed with. */
export type PacketSealVerified = Event<'PacketSealVerified', Readonly<{ sealNo: string }>>;

/** The seal is broken or another one; `foundNo` is the number found, where there is one. */
export type PacketSealBreachFound = Event<
  'PacketSealBreachFound',
  Readonly<{ sealNo: string; foundNo?: string; finding: string }>
>;

/** The custodian opened the packet for a reason, as it may. */
export type PacketUnsealed = Event<'PacketUnsealed', Readonly<{ sealNo: string; reason: string }>>;

export type PacketSealEvent =
  PacketSealed | PacketSealVerified | PacketSealBreachFound | PacketUnsealed;
