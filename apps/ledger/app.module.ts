import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { Acts } from '#apps/ledger/acts';
import { DecideParcelHandler, DecidePartyHandler, DecideStoneHandler } from '#apps/ledger/decide';
import { EventsController } from '#apps/ledger/events.controller';
import { KeyGuard } from '#apps/ledger/key.guard';
import type { Parts } from '#apps/ledger/open-parts';
import { ParcelsController } from '#apps/ledger/parcels/parcels.controller';
import { PartiesController } from '#apps/ledger/parties/parties.controller';
import * as tokens from '#apps/ledger/parts';
import { GoodsController } from '#apps/ledger/reads/goods.controller';
import { LookUpController } from '#apps/ledger/reads/look-up.controller';
import {
  GoodsQueryHandler,
  PartyQueryHandler,
  SanctionsQueryHandler,
  SearchQueryHandler,
} from '#apps/ledger/reads/queries';
import { SanctionsController } from '#apps/ledger/reads/sanctions.controller';
import { StatusController } from '#apps/ledger/status.controller';
import { CuttingController } from '#apps/ledger/stones/cutting.controller';
import { GradingController } from '#apps/ledger/stones/grading.controller';
import { RecoveryController } from '#apps/ledger/stones/recovery.controller';
import { TradeController } from '#apps/ledger/trade/trade.controller';

/** The HTTP surface over parts that are already open; it opens and closes nothing itself. */
@Module({})
export class AppModule {
  static of(parts: Parts): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        StatusController,
        EventsController,
        PartiesController,
        TradeController,
        RecoveryController,
        CuttingController,
        GradingController,
        ParcelsController,
        GoodsController,
        SanctionsController,
        LookUpController,
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
        Acts,
        DecideStoneHandler,
        DecideParcelHandler,
        DecidePartyHandler,
        GoodsQueryHandler,
        PartyQueryHandler,
        SanctionsQueryHandler,
        SearchQueryHandler,
      ],
    };
  }
}
