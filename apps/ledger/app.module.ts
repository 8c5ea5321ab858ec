import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { Acts } from '#apps/ledger/acts';
import { CertificatesController } from '#apps/ledger/certificates/certificates.controller';
import type { Credentials } from '#apps/ledger/credentials';
import * as decide from '#apps/ledger/decide';
import { FlagsController } from '#apps/ledger/flags/flags.controller';
import { EventsController } from '#apps/ledger/events.controller';
import { JewelleryController } from '#apps/ledger/jewellery/jewellery.controller';
import { KeyGuard } from '#apps/ledger/key.guard';
import type { Parts } from '#apps/ledger/open-parts';
import { MeleeController } from '#apps/ledger/parcels/melee.controller';
import { ParcelsController } from '#apps/ledger/parcels/parcels.controller';
import { DiligenceController } from '#apps/ledger/parties/diligence.controller';
import { PartiesController } from '#apps/ledger/parties/parties.controller';
import * as tokens from '#apps/ledger/parts';
import { FlagQueryHandler, FlagsQueryHandler } from '#apps/ledger/reads/flag-queries';
import { FlagReadsController } from '#apps/ledger/reads/flags.controller';
import { ReferenceController } from '#apps/ledger/reads/reference.controller';
import { DocumentQueryHandler } from '#apps/ledger/reads/document-queries';
import { DocumentsController } from '#apps/ledger/reads/documents.controller';
import { GoodsController } from '#apps/ledger/reads/goods.controller';
import { PaperQueryHandler, PapersQueryHandler } from '#apps/ledger/reads/paper-queries';
import { PapersController } from '#apps/ledger/reads/papers.controller';
import { PreflightController } from '#apps/ledger/reads/preflight.controller';
import { LookUpController } from '#apps/ledger/reads/look-up.controller';
import {
  GoodsQueryHandler,
  PartyQueryHandler,
  SearchQueryHandler,
} from '#apps/ledger/reads/queries';
import {
  CounterpartiesController,
  SanctionsController,
  ShipmentSanctionsController,
} from '#apps/ledger/reads/sanctions.controller';
import {
  CounterpartyQueryHandler,
  PreflightQueryHandler,
  SanctionsListQueryHandler,
  SanctionsQueryHandler,
  ShipmentSanctionsQueryHandler,
} from '#apps/ledger/reads/sanctions-queries';
import { StatisticsController } from '#apps/ledger/reads/statistics.controller';
import { StatisticsQueryHandler } from '#apps/ledger/reads/statistics-query';
import { ReportsController } from '#apps/ledger/reports/reports.controller';
import { CustomsController } from '#apps/ledger/shipments/customs.controller';
import { ShipmentsController } from '#apps/ledger/shipments/shipments.controller';
import { StatusController } from '#apps/ledger/status.controller';
import { CuttingController } from '#apps/ledger/stones/cutting.controller';
import { GradingController } from '#apps/ledger/stones/grading.controller';
import { CorrectionsController } from '#apps/ledger/corrections.controller';
import { IdentityController } from '#apps/ledger/stones/identity.controller';
import { LaboratoryController } from '#apps/ledger/stones/laboratory.controller';
import { RetailController } from '#apps/ledger/stones/retail.controller';
import { RecoveryController } from '#apps/ledger/stones/recovery.controller';
import { UniqueController } from '#apps/ledger/stones/unique.controller';
import { WorkController } from '#apps/ledger/stones/work.controller';
import { MemoController } from '#apps/ledger/trade/memo.controller';
import { TitleController } from '#apps/ledger/trade/title.controller';
import { ProblemsController } from '#apps/ledger/problems.controller';
import { RoughController } from '#apps/ledger/trade/rough.controller';
import { AdoptionController, RulesController } from '#apps/ledger/rules/rules.controller';
import {
  RulesDiffQueryHandler,
  RulesListQueryHandler,
  RulesQueryHandler,
} from '#apps/ledger/rules/rules-queries';
import { EvidenceController } from '#apps/ledger/trade/evidence.controller';
import { SealController } from '#apps/ledger/trade/seal.controller';
import { StandingController } from '#apps/ledger/trade/standing.controller';
import { TradeController } from '#apps/ledger/trade/trade.controller';

const acting = [
  PartiesController,
  DiligenceController,
  TradeController,
  MemoController,
  TitleController,
  StandingController,
  SealController,
  EvidenceController,
  AdoptionController,
  RoughController,
  RecoveryController,
  CuttingController,
  GradingController,
  WorkController,
  LaboratoryController,
  UniqueController,
  IdentityController,
  CorrectionsController,
  ParcelsController,
  MeleeController,
  CertificatesController,
  ShipmentsController,
  CustomsController,
  ReportsController,
  JewelleryController,
  RetailController,
  FlagsController,
];

const deciding = [
  Acts,
  decide.DecideCorrectionHandler,
  decide.DecideStoneHandler,
  decide.DecideParcelHandler,
  decide.DecidePartyHandler,
  decide.DecideCertificateHandler,
  decide.DecideShipmentHandler,
  decide.DecideReportHandler,
  decide.DecideRuleBookHandler,
  decide.DecideJewelleryHandler,
  decide.DecideFlagHandler,
];

/** What acts need, without anything that is read. */
export type ActingParts = Pick<Parts, 'config' | 'store' | 'ledger'> &
  Readonly<{ credentials: Pick<Credentials, 'find' | 'partyChanged'> }>;

/** The HTTP surface over parts that are already open; it opens and closes nothing itself. */
@Module({})
export class AppModule {
  /** Acts only, for a program that carries them out on a ledger of its own. */
  static acting(parts: ActingParts): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: acting,
      providers: [
        { provide: APP_GUARD, useClass: KeyGuard },
        { provide: tokens.CONFIG, useValue: parts.config },
        { provide: tokens.STORE, useValue: parts.store },
        { provide: tokens.LEDGER, useValue: parts.ledger },
        { provide: tokens.CREDENTIALS, useValue: parts.credentials },
        ...deciding,
      ],
    };
  }

  static of(parts: Parts): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        StatusController,
        ProblemsController,
        EventsController,
        ...acting,
        GoodsController,
        SanctionsController,
        ShipmentSanctionsController,
        CounterpartiesController,
        RulesController,
        PreflightController,
        LookUpController,
        PapersController,
        DocumentsController,
        FlagReadsController,
        ReferenceController,
        StatisticsController,
      ],
      providers: [
        { provide: APP_GUARD, useClass: KeyGuard },
        { provide: tokens.CONFIG, useValue: parts.config },
        { provide: tokens.STORE, useValue: parts.store },
        { provide: tokens.LEDGER, useValue: parts.ledger },
        { provide: tokens.VIEWS, useValue: parts.views },
        { provide: tokens.PROJECTING, useValue: parts.projecting },
        { provide: tokens.CREDENTIALS, useValue: parts.credentials },
        { provide: tokens.METRICS, useValue: parts.metrics },
        { provide: tokens.LIVE, useValue: parts.live },
        ...deciding,
        GoodsQueryHandler,
        PartyQueryHandler,
        SanctionsQueryHandler,
        ShipmentSanctionsQueryHandler,
        CounterpartyQueryHandler,
        SanctionsListQueryHandler,
        PreflightQueryHandler,
        RulesListQueryHandler,
        RulesQueryHandler,
        RulesDiffQueryHandler,
        SearchQueryHandler,
        PaperQueryHandler,
        PapersQueryHandler,
        DocumentQueryHandler,
        FlagQueryHandler,
        FlagsQueryHandler,
        StatisticsQueryHandler,
      ],
    };
  }
}
