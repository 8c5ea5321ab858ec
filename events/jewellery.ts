import type { Event } from '#events/event';
import type { Content } from '#events/parcel';
import type { ReliedOn } from '#events/relied-on';
import type { RetailEvent } from '#events/retail';
import type { OriginDeclared } from '#events/stone';
import type { TradeEvent } from '#events/trade';
import type { Origin, TitleShare, Weight } from '#events/values';

/** The acting jeweller made it and is its first holder and owner. */
export type JewelleryItemMade = Event<
  'JewelleryItemMade',
  Readonly<{
    description: string;
    metal: 'gold' | 'silver' | 'platinum' | 'palladium' | 'other';
    /**
     * Parts of fine metal in a thousand.
     *
     * @asType integer
     */
    fineness: number;
    /**
     * Milligrams, stones included.
     *
     * @asType integer
     */
    grossMg: number;
    makersMark?: string;
  }>
>;

/** By policy: the stone is set in it and follows it from now on. */
export type StoneTakenIn = Event<
  'StoneTakenIn',
  Readonly<{ stone: string; position?: string; weight: Weight; origin: Origin; cause: string }>
>;

/** By policy: the stone cannot be set in it. `code` is a refusal code. */
export type StoneNotTakenIn = Event<
  'StoneNotTakenIn',
  Readonly<{ stone: string; cause: string; code: string }>
>;

/** By policy: melee out of the parcel is set in it. */
export type MeleeTakenIn = Event<
  'MeleeTakenIn',
  Readonly<{ parcel: string; content: Content; origin: Origin; sieve?: string; cause: string }>
>;

/** By policy: the melee cannot be set in it. */
export type MeleeNotTakenIn = Event<
  'MeleeNotTakenIn',
  Readonly<{ parcel: string; cause: string; code: string }>
>;

/** The holder took the stone out: it is loose, held and owned as the item is. */
export type StoneLetGo = Event<
  'StoneLetGo',
  Readonly<{
    stone: string;
    custodian: string;
    owner: string | null;
    shares?: readonly TitleShare[];
    reason?: string;
  }>
>;

/** Broken up for good: its stones are loose, held and owned as it was. */
export type ItemBrokenUp = Event<
  'ItemBrokenUp',
  Readonly<{
    stones: readonly string[];
    custodian: string;
    owner: string | null;
    shares?: readonly TitleShare[];
    reason: string;
  }>
>;

/** An assay office, the acting authority, struck its mark. `uin` is the 16 digits of the Russian register. */
export type HallmarkApplied = Event<
  'HallmarkApplied',
  Readonly<{
    /** @asType integer */
    fineness: number;
    mark: string;
    uin?: string;
    /** Country of the office, ISO 3166-1 alpha-2. */
    country: string;
    /** Whether marks of that day come with a UIN there, by the reference data of that SHA-256. */
    judgement?: Readonly<{ uin: 'needed' | 'not-needed'; data: string }>;
    reliedOn: readonly ReliedOn[];
  }>
>;

/** By policy: another item bears the UIN; this mark does not count. */
export type HallmarkReturned = Event<
  'HallmarkReturned',
  Readonly<{ uin: string; cause: string; code: string }>
>;

/**
 * The authority of another state lets the mark of `markCountry` count in `state`. `judgement` is
 * what the dated reference data says of such recognition that day, `data` its SHA-256.
 */
export type HallmarkRecognised = Event<
  'HallmarkRecognised',
  Readonly<{
    state: string;
    markCountry: string;
    basis: string;
    validFrom: string;
    judgement: Readonly<{ verdict: 'yes' | 'unknown'; agreement: string | null; data: string }>;
    reliedOn: readonly ReliedOn[];
  }>
>;

/** By policy, on the stream of the UIN itself: it is this item's. */
export type UinAssigned = Event<
  'UinAssigned',
  Readonly<{ uin: string; item: string; cause: string }>
>;

/** By policy, on the stream of the UIN itself: another item has it. */
export type UinRefused = Event<
  'UinRefused',
  Readonly<{ uin: string; item: string; cause: string; code: string }>
>;

export type JewelleryEvent =
  | TradeEvent
  | JewelleryItemMade
  | OriginDeclared
  | StoneTakenIn
  | StoneNotTakenIn
  | MeleeTakenIn
  | MeleeNotTakenIn
  | StoneLetGo
  | ItemBrokenUp
  | HallmarkApplied
  | HallmarkReturned
  | HallmarkRecognised
  | UinAssigned
  | UinRefused
  | RetailEvent;
