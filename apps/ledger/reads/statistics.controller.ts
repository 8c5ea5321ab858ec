import { Controller, Get, Query, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Country, Form, OneOf, Optional } from '#apps/ledger/fields';
import { FreshReads, ReadQuery } from '#apps/ledger/reads/fresh-reads';
import { StatisticsQuery } from '#apps/ledger/reads/statistics-query';
import { shows } from '#apps/ledger/shown';
import { asCsv } from '#projections/statistics/filing';
import { periodForm } from '#projections/statistics/period';

class PeriodQuery extends ReadQuery {
  @Country('BW') readonly country!: string;
  @Form(periodForm, 'a year, half-year or quarter: 2025, 2025-H1, 2025-Q2', 7, '2025-H1')
  readonly period!: string;
  @Optional(OneOf(['json', 'csv'])) readonly format?: 'json' | 'csv';
}

const example = {
  country: 'BW',
  period: '2025-H1',
  lines: [
    {
      flow: 'production',
      hs: '710210',
      partner: '',
      mct: 24_000_000,
      values: { USD: 312_000_000 },
      certificates: 0,
    },
    {
      flow: 'export',
      hs: '710231',
      partner: 'BE',
      mct: 236_000,
      values: { USD: 250_000_000 },
      certificates: 0,
    },
    { flow: 'export', hs: '', partner: 'BE', mct: 0, values: {}, certificates: 1 },
  ],
  unplaced: [],
};

/** What a Kimberley authority files. */
@ApiTags('reads')
@Controller('v1/statistics')
@UseInterceptors(FreshReads)
export class StatisticsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    summary: 'Production, imports, exports and certificates of a country and period; JSON or CSV',
  })
  @shows('Lines by flow, heading and partner; weights in mct, values in minor units', example)
  async filing(
    @Query() { country, period, format }: PeriodQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const filing = await this.queries.execute(new StatisticsQuery(country, period));
    if (format !== 'csv') return filing;
    void reply.header('Content-Type', 'text/csv; charset=utf-8; header=present');
    return asCsv(filing);
  }
}
