import type { DocumentRef, Place, When } from '#events/event';
import type { CommandMeta } from '#libs/decider/decider';
import { certificateId } from '#events/streams';
import type { CertificateCommand } from '#libs/certificate/certificate-command';
import type { JewelleryCommand } from '#libs/jewellery/jewellery-command';
import type { LedgerCommand } from '#libs/ledger/ledger-command';
import type { ParcelCommand } from '#libs/parcel/parcel-command';
import type { ReportCommand } from '#libs/report/report-command';
import type { StoneCommand } from '#libs/stone/stone-command';
import type { ShipmentCommand } from '#libs/shipment/shipment-command';
import type { RoughCommand } from '#libs/trade/rough-command';
import type { TradeCommand } from '#libs/trade/trade-command';
import type { Party } from '#apps/cli/generate/cast';
import { atInstant, dayOf, instantOf } from '#apps/cli/generate/moment';
import type { Random } from '#apps/cli/generate/random';

/**
 * A command and the second at which the ledger gets it. A correction names the command whose entry
 * it is of, which is marked; its target is the revision that entry was given.
 */
export type Step = Readonly<{
  recorded: number;
  command: LedgerCommand;
  corrects?: string;
  isCorrected?: true;
}>;

/** A command less what surrounds it. */
export type Body<C> = C extends unknown ? Omit<C, 'meta'> : never;

/** Who does it, when, where (its own place unless said) and on which papers. */
export type Act = Readonly<{
  by: Party;
  at: number;
  /** When the day alone is known, or a coarser time. */
  when?: When;
  place?: Place;
  documents?: readonly DocumentRef[];
}>;

/** Goods under their id; what may be traded is either. `from` are the countries it was mined in. */
export type Goods = Readonly<{
  category: 'stone' | 'parcel';
  id: string;
  mct: number;
  from: readonly string[];
}>;

/**
 * The steps of one consignment, written down in any order. What depends on another step happens at
 * least an hour later, and the ledger hears of each within the hour: order of hearing keeps it.
 */
export type Script = Readonly<{
  random: Random;
  stone: (id: string, act: Act, body: Body<StoneCommand>) => void;
  parcel: (id: string, act: Act, body: Body<ParcelCommand>) => void;
  trade: (goods: Goods, act: Act, body: Body<TradeCommand>) => void;
  rough: (goods: Goods, act: Act, body: Body<RoughCommand>) => void;
  certificate: (number: string, act: Act, body: Body<CertificateCommand>) => void;
  shipment: (id: string, act: Act, body: Body<ShipmentCommand>) => void;
  item: (id: string, act: Act, body: Body<JewelleryCommand>) => void;
  report: (id: string, act: Act, body: Body<ReportCommand>) => void;
  /** Another number for each call, the same in every run. */
  count: () => number;
  /** Another number for each call of all consignments. */
  serial: () => number;
  /** All steps in the order in which the ledger hears of them. */
  steps: () => readonly Step[];
}>;

const longestDelay = 45 * 60;

/** More than any consignment ever counts. */
const serials = 2000;

export function scriptOf(random: Random, consignment: number): Script {
  const steps: Step[] = [];
  let counted = 0;
  return {
    random,
    stone,
    parcel,
    trade: ofGoods,
    rough: ofGoods,
    certificate,
    shipment,
    item,
    report,
    count,
    serial: () => consignment * serials + count(),
    steps: inOrder,
  };

  function stone(id: string, act: Act, body: Body<StoneCommand>): void {
    const { recorded, meta } = heard(act);
    const command = { ...body, meta } as StoneCommand;
    steps.push({ recorded, command: { category: 'stone', id, command } });
  }

  function parcel(id: string, act: Act, body: Body<ParcelCommand>): void {
    const { recorded, meta } = heard(act);
    const command = { ...body, meta } as ParcelCommand;
    steps.push({ recorded, command: { category: 'parcel', id, command } });
  }

  function ofGoods(
    { category, id }: Goods,
    act: Act,
    body: Body<TradeCommand | RoughCommand>,
  ): void {
    if (category === 'stone') stone(id, act, body);
    else parcel(id, act, body);
  }

  function certificate(number: string, act: Act, body: Body<CertificateCommand>): void {
    const { recorded, meta } = heard(act);
    const command = { ...body, meta } as CertificateCommand;
    steps.push({
      recorded,
      command: { category: 'certificate', id: certificateId(number), command },
    });
  }

  function shipment(id: string, act: Act, body: Body<ShipmentCommand>): void {
    const { recorded, meta } = heard(act);
    const command = { ...body, meta } as ShipmentCommand;
    steps.push({ recorded, command: { category: 'shipment', id, command } });
  }

  function item(id: string, act: Act, body: Body<JewelleryCommand>): void {
    const { recorded, meta } = heard(act);
    const command = { ...body, meta } as JewelleryCommand;
    steps.push({ recorded, command: { category: 'jewellery', id, command } });
  }

  function report(id: string, act: Act, body: Body<ReportCommand>): void {
    const { recorded, meta } = heard(act);
    const command = { ...body, meta } as ReportCommand;
    steps.push({ recorded, command: { category: 'report', id, command } });
  }

  function count(): number {
    counted += 1;
    return counted;
  }

  function heard(act: Act): Readonly<{ recorded: number; meta: CommandMeta }> {
    const recorded = act.at + random.int(60, longestDelay);
    return { recorded, meta: metaOf(random, recorded, act) };
  }

  function inOrder(): readonly Step[] {
    return steps.toSorted((a, b) => a.recorded - b.recorded);
  }
}

/** What surrounds an act that the ledger hears of at the second `recorded`. */
export function metaOf(random: Random, recorded: number, act: Act): CommandMeta {
  const { by, at, when = atInstant(at), place = by.place, documents } = act;
  return {
    id: random.uuid(recorded * 1000 + random.int(0, 999)),
    by: by.id,
    roles: [by.role],
    now: instantOf(recorded),
    at: when,
    place,
    ...(documents && { documents }),
  };
}

/** A paper issued on the day; its bytes are invented, so the hash is of no file. */
export function paper(
  random: Random,
  type: string,
  number: string,
  issuer: Party,
  at: number,
): DocumentRef {
  return { type, number, issuer: issuer.id, issuedOn: dayOf(at), sha256: random.hex(64) };
}
