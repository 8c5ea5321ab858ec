import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { Credentials } from '#apps/ledger/credentials';
import { CREDENTIALS, LEDGER } from '#apps/ledger/parts';
import type { CertificateCommand } from '#libs/certificate/certificate-command';
import type { FlagCommand } from '#libs/flag/flag-command';
import type { JewelleryCommand } from '#libs/jewellery/jewellery-command';
import type { CorrectionAsked } from '#libs/ledger/ledger-command';
import type { Done, Ledger } from '#libs/ledger/ledger';
import type { ParcelCommand } from '#libs/parcel/parcel-command';
import type { PartyCommand } from '#libs/party/party-command';
import type { ReportCommand } from '#libs/report/report-command';
import type { RuleBookCommand } from '#libs/rulebook/adoption';
import type { ShipmentCommand } from '#libs/shipment/shipment-command';
import type { StoneCommand } from '#libs/stone/stone-command';

/** The revision the caller saw, when it names one. */
type Expected = Readonly<{ revision: number }> | undefined;

export class DecideStone extends Command<Done> {
  constructor(
    readonly id: string,
    readonly command: StoneCommand,
    readonly expected: Expected,
  ) {
    super();
  }
}

export class DecideParcel extends Command<Done> {
  constructor(
    readonly id: string,
    readonly command: ParcelCommand,
    readonly expected: Expected,
  ) {
    super();
  }
}

export class DecideParty extends Command<Done> {
  constructor(
    readonly id: string,
    readonly command: PartyCommand,
    readonly expected: Expected,
  ) {
    super();
  }
}

export class DecideCertificate extends Command<Done> {
  constructor(
    readonly id: string,
    readonly command: CertificateCommand,
    readonly expected: Expected,
  ) {
    super();
  }
}

export class DecideFlag extends Command<Done> {
  constructor(
    readonly id: string,
    readonly command: FlagCommand,
    readonly expected: Expected,
  ) {
    super();
  }
}

export class DecideShipment extends Command<Done> {
  constructor(
    readonly id: string,
    readonly command: ShipmentCommand,
    readonly expected: Expected,
  ) {
    super();
  }
}

export class DecideReport extends Command<Done> {
  constructor(
    readonly id: string,
    readonly command: ReportCommand,
    readonly expected: Expected,
  ) {
    super();
  }
}

export class DecideJewellery extends Command<Done> {
  constructor(
    readonly id: string,
    readonly command: JewelleryCommand,
    readonly expected: Expected,
  ) {
    super();
  }
}

export class DecideRuleBook extends Command<Done> {
  constructor(
    readonly id: string,
    readonly command: RuleBookCommand,
    readonly expected: Expected,
  ) {
    super();
  }
}

/** A correction or annulment, which any stream may hold. */
export class DecideCorrection extends Command<Done> {
  constructor(
    readonly asked: CorrectionAsked,
    readonly expected: Expected,
  ) {
    super();
  }
}

@CommandHandler(DecideCorrection)
export class DecideCorrectionHandler implements ICommandHandler<DecideCorrection> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ asked, expected }: DecideCorrection): Promise<Done> {
    return this.ledger.execute(asked, expected);
  }
}

@CommandHandler(DecideStone)
export class DecideStoneHandler implements ICommandHandler<DecideStone> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ id, command, expected }: DecideStone): Promise<Done> {
    return this.ledger.execute({ category: 'stone', id, command }, expected);
  }
}

@CommandHandler(DecideParcel)
export class DecideParcelHandler implements ICommandHandler<DecideParcel> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ id, command, expected }: DecideParcel): Promise<Done> {
    return this.ledger.execute({ category: 'parcel', id, command }, expected);
  }
}

@CommandHandler(DecideCertificate)
export class DecideCertificateHandler implements ICommandHandler<DecideCertificate> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ id, command, expected }: DecideCertificate): Promise<Done> {
    return this.ledger.execute({ category: 'certificate', id, command }, expected);
  }
}

@CommandHandler(DecideShipment)
export class DecideShipmentHandler implements ICommandHandler<DecideShipment> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ id, command, expected }: DecideShipment): Promise<Done> {
    return this.ledger.execute({ category: 'shipment', id, command }, expected);
  }
}

@CommandHandler(DecideReport)
export class DecideReportHandler implements ICommandHandler<DecideReport> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ id, command, expected }: DecideReport): Promise<Done> {
    return this.ledger.execute({ category: 'report', id, command }, expected);
  }
}

@CommandHandler(DecideJewellery)
export class DecideJewelleryHandler implements ICommandHandler<DecideJewellery> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ id, command, expected }: DecideJewellery): Promise<Done> {
    return this.ledger.execute({ category: 'jewellery', id, command }, expected);
  }
}

@CommandHandler(DecideFlag)
export class DecideFlagHandler implements ICommandHandler<DecideFlag> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ id, command, expected }: DecideFlag): Promise<Done> {
    return this.ledger.execute({ category: 'flag', id, command }, expected);
  }
}

@CommandHandler(DecideRuleBook)
export class DecideRuleBookHandler implements ICommandHandler<DecideRuleBook> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ id, command, expected }: DecideRuleBook): Promise<Done> {
    return this.ledger.execute({ category: 'rulebook', id, command }, expected);
  }
}

@CommandHandler(DecideParty)
export class DecidePartyHandler implements ICommandHandler<DecideParty> {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(CREDENTIALS) private readonly credentials: Credentials,
  ) {}

  async execute({ id, command, expected }: DecideParty): Promise<Done> {
    const done = await this.ledger.execute({ category: 'party', id, command }, expected);
    this.credentials.partyChanged(done.position);
    return done;
  }
}
