import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { VIEWS } from '#apps/ledger/parts';
import { today } from '#apps/ledger/reads/as-known';
import type { Views } from '#libs/views/views';
import type { Filing } from '#projections/statistics/filing';
import { filingOf } from '#projections/statistics/filing';

export class StatisticsQuery extends Query<Filing> {
  constructor(
    readonly country: string,
    readonly period: string,
  ) {
    super();
  }
}

@QueryHandler(StatisticsQuery)
export class StatisticsQueryHandler implements IQueryHandler<StatisticsQuery> {
  constructor(@Inject(VIEWS) private readonly views: Views) {}

  execute({ country, period }: StatisticsQuery): Promise<Filing> {
    return filingOf(this.views.reader, country, period, today());
  }
}
