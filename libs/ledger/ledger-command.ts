import type { LedgerEvent } from '#events/ledger-event';
import type { Category } from '#events/streams';
import { certificate, certificateMentions } from '#libs/certificate/certificate';
import type { CertificateCommand } from '#libs/certificate/certificate-command';
import type { CorrectionCommand } from '#libs/correction/correction-command';
import { isCorrectionCommand } from '#libs/correction/correction-command';
import type { Command, Decider } from '#libs/decider/decider';
import { flag } from '#libs/flag/flag';
import type { FlagCommand } from '#libs/flag/flag-command';
import type { FollowContest } from '#libs/ledger/contest-command';
import { jewellery, jewelleryMentions } from '#libs/jewellery/jewellery';
import type { JewelleryCommand } from '#libs/jewellery/jewellery-command';
import { parcel, parcelMentions } from '#libs/parcel/parcel';
import type { ParcelCommand } from '#libs/parcel/parcel-command';
import { party, partyMentions } from '#libs/party/party';
import type { PartyCommand } from '#libs/party/party-command';
import { report, reportMentions } from '#libs/report/report';
import type { ReportCommand } from '#libs/report/report-command';
import { rulebook } from '#libs/rulebook/adoption';
import type { RuleBookCommand } from '#libs/rulebook/adoption';
import { shipment, shipmentMentions } from '#libs/shipment/shipment';
import type { ShipmentCommand } from '#libs/shipment/shipment-command';
import { stone, stoneMentions } from '#libs/stone/stone';
import type { StoneCommand } from '#libs/stone/stone-command';

/** A command and the stream it is for; `id` is the stream's name without its category. */
export type LedgerCommand = DecidedCommand | CorrectionAsked | ContestAsked;

/** A correction or annulment, of any category's streams: decided on the history itself. */
export type CorrectionAsked = Readonly<{
  category: Category;
  id: string;
  command: CorrectionCommand;
}>;

/** What follows by policy from an upheld contest of origin: decided on the history itself, too. */
export type ContestAsked = Readonly<{ category: Category; id: string; command: FollowContest }>;

export function isContestAsked(asked: LedgerCommand): asked is ContestAsked {
  return asked.command.type === 'FollowContest';
}

export function isCorrectionAsked(asked: LedgerCommand): asked is CorrectionAsked {
  return isCorrectionCommand(asked.command);
}

/** What a category's decider decides on its state. */
export type DecidedCommand =
  | Readonly<{ category: 'party'; id: string; command: PartyCommand }>
  | Readonly<{ category: 'stone'; id: string; command: StoneCommand }>
  | Readonly<{ category: 'parcel'; id: string; command: ParcelCommand }>
  | Readonly<{ category: 'certificate'; id: string; command: CertificateCommand }>
  | Readonly<{ category: 'shipment'; id: string; command: ShipmentCommand }>
  | Readonly<{ category: 'report'; id: string; command: ReportCommand }>
  | Readonly<{ category: 'jewellery'; id: string; command: JewelleryCommand }>
  | Readonly<{ category: 'flag'; id: string; command: FlagCommand }>
  | Readonly<{ category: 'rulebook'; id: string; command: RuleBookCommand }>;

/** A party that a command names, and the field that names it. */
export type Mention = Readonly<{ party: string; field: string }>;

/**
 * The decider of a category, for any command of that category. `LedgerCommand` ties each command
 * to its category, so this is the one place where their types are let go of.
 */
export function deciderOf(category: Category): Decider<unknown, Command, LedgerEvent> {
  const deciders = {
    party,
    stone,
    parcel,
    certificate,
    shipment,
    report,
    jewellery,
    flag,
    rulebook,
  };
  return deciders[category] as unknown as Decider<unknown, Command, LedgerEvent>;
}

export function streamOf({ category, id }: Readonly<{ category: Category; id: string }>): string {
  return `${category}-${id}`;
}

/** Every party that must be registered for the command to be decided: the actor and the named. */
export function mentionsOf(asked: LedgerCommand): readonly Mention[] {
  const { by } = asked.command.meta;
  if (isCorrectionAsked(asked) || isContestAsked(asked)) return [{ party: by, field: 'by' }];
  const { category, id, command } = asked;
  const registersItself = command.type === 'RegisterParty' && by === id;
  const actor = registersItself ? [] : [{ party: by, field: 'by' }];
  switch (category) {
    case 'party':
      return [...actor, ...partyMentions(command)];
    case 'stone':
      return [...actor, ...stoneMentions(command)];
    case 'parcel':
      return [...actor, ...parcelMentions(command)];
    case 'certificate':
      return [...actor, ...certificateMentions(command)];
    case 'shipment':
      return [...actor, ...shipmentMentions(command)];
    case 'report':
      return [...actor, ...reportMentions(command)];
    case 'jewellery':
      return [...actor, ...jewelleryMentions(command)];
    case 'flag':
    case 'rulebook':
      return actor;
  }
}
