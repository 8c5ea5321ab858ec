import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { knownForm, knownNumber } from '#apps/ledger/acts';
import { Day } from '#apps/ledger/bodies';
import { Form, Id, OneOf, Optional } from '#apps/ledger/fields';
import { AsKnownQuery, dayAsked } from '#apps/ledger/reads/as-known';
import { questionIn } from '#apps/ledger/reads/question';
import { FreshReads } from '#apps/ledger/reads/fresh-reads';
import type { PaperCategory } from '#apps/ledger/reads/paper-queries';
import { PaperQuery, PapersQuery } from '#apps/ledger/reads/paper-queries';
import * as examples from '#apps/ledger/reads/paper-examples';
import { shows } from '#apps/ledger/shown';

const most = 200;
const Limit = () => Form(/^(?:[1-9]\d?|1\d\d|200)$/, `a number from 1 to ${most}`, 3, '50');

class OnQuery extends AsKnownQuery {
  @Optional(Day('2025-06-04')) readonly on?: string;
}

const statuses = [
  'issued',
  'validated',
  'in-use',
  'import-confirmed',
  'voided',
  'replaced',
  'never-issued',
];

class CertificatesQuery extends OnQuery {
  @Optional(OneOf(statuses)) readonly status?: string;
  @Optional(Form(/^[A-Z]{2}$/, 'two capital letters', 2, 'RU')) readonly participant?: string;
  @Optional(Limit()) readonly limit?: string;
  @Optional(Id('ru0012345')) readonly after?: string;
}

class ShipmentsQuery extends AsKnownQuery {
  @Optional(OneOf(['packed', 'dispatched', 'arrived', 'rejected', 'returned', 'unpacked']))
  readonly status?: string;
  @Optional(Id('alrosa')) readonly consignor?: string;
  @Optional(Id('kgk')) readonly consignee?: string;
  @Optional(Limit()) readonly limit?: string;
  @Optional(Id('kgk-2025-04')) readonly after?: string;
}

/** Certificates, shipments, reports and jewellery as they stand, and their histories. */
@ApiTags('reads')
@Controller('v1')
@UseInterceptors(FreshReads)
export class PapersController {
  constructor(private readonly queries: QueryBus) {}

  @Get('certificates')
  @ApiOperation({
    summary: 'Kimberley certificates, by status and participant',
    description:
      'The last id first, 50 a page; `next` goes into `after`. With `valid-at` or `known-at` each is ' +
      'folded as it was then, and `next` may stand after a page that holds fewer than asked.',
  })
  @shows('A page of certificates', { certificates: [examples.certificate], next: null })
  certificates(@Query() query: CertificatesQuery) {
    const { status, participant, limit, after } = query;
    const where = said({ status, participant });
    const question = questionIn(query);
    const on = query.on ?? dayAsked(question);
    return this.queries.execute(
      new PapersQuery('certificate', where, Number(limit ?? 50), on, question, after),
    );
  }

  @Get('shipments')
  @ApiOperation({
    summary: 'Shipments, by status and by who sends or receives them',
    description:
      'The last id first, 50 a page; `next` goes into `after`. With `valid-at` or `known-at` each is ' +
      'folded as it was then, and `next` may stand after a page that holds fewer than asked.',
  })
  @shows('A page of shipments', { shipments: [examples.shipment], next: null })
  shipments(@Query() query: ShipmentsQuery) {
    const { status, consignor, consignee, limit, after } = query;
    const where = said({ status, consignor, consignee });
    const question = questionIn(query);
    const on = dayAsked(question);
    return this.queries.execute(
      new PapersQuery('shipment', where, Number(limit ?? 50), on, question, after),
    );
  }

  @Get('certificates/:id')
  @ApiParam({ name: 'id', example: 'RU0012345' })
  @ApiOperation({ summary: 'A certificate by its number or id, and where it stands on a day' })
  @shows('The certificate', examples.certificate)
  certificate(@Param('id') id: string, @Query() query: OnQuery) {
    return this.one('certificate', knownNumber(id), 'state', query);
  }

  @Get('certificates/:id/history')
  @ApiParam({ name: 'id', example: 'RU0012345' })
  @ApiOperation({ summary: 'Everything that happened to a certificate' })
  @shows('Its steps', examples.history)
  certificateHistory(@Param('id') id: string, @Query() query: AsKnownQuery) {
    return this.one('certificate', knownNumber(id), 'history', query);
  }

  @Get('shipments/:id')
  @ApiParam({ name: 'id', example: 'kgk-2025-04' })
  @ApiOperation({ summary: 'A shipment: goods, papers, seal, journey' })
  @shows('The shipment', examples.shipment)
  shipment(@Param('id') id: string, @Query() query: AsKnownQuery) {
    return this.one('shipment', knownForm(id), 'state', query);
  }

  @Get('shipments/:id/history')
  @ApiParam({ name: 'id', example: 'kgk-2025-04' })
  @ApiOperation({ summary: 'Everything that happened to a shipment' })
  @shows('Its steps', examples.history)
  shipmentHistory(@Param('id') id: string, @Query() query: AsKnownQuery) {
    return this.one('shipment', knownForm(id), 'history', query);
  }

  @Get('reports/:id')
  @ApiParam({ name: 'id', example: 'gia.2211234567' })
  @ApiOperation({ summary: 'A laboratory report: live or not, quoted or compared' })
  @shows('The report', examples.report)
  report(@Param('id') id: string, @Query() query: AsKnownQuery) {
    return this.one('report', knownForm(id), 'state', query);
  }

  @Get('reports/:id/history')
  @ApiParam({ name: 'id', example: 'gia.2211234567' })
  @ApiOperation({ summary: 'Everything that happened to a report' })
  @shows('Its steps', examples.history)
  reportHistory(@Param('id') id: string, @Query() query: AsKnownQuery) {
    return this.one('report', knownForm(id), 'history', query);
  }

  @Get('jewellery/:id')
  @ApiParam({ name: 'id', example: 'ring-7' })
  @ApiOperation({
    summary: 'A piece of jewellery: what is set in it, its marks, custody and title',
  })
  @shows('The piece', examples.jewellery)
  jewellery(@Param('id') id: string, @Query() query: AsKnownQuery) {
    return this.one('jewellery', knownForm(id), 'state', query);
  }

  @Get('jewellery/:id/history')
  @ApiParam({ name: 'id', example: 'ring-7' })
  @ApiOperation({ summary: 'Everything that happened to a piece of jewellery' })
  @shows('Its steps and its chains of custody and title', {
    ...examples.history,
    custody: [],
    title: [],
  })
  jewelleryHistory(@Param('id') id: string, @Query() query: AsKnownQuery) {
    return this.one('jewellery', knownForm(id), 'history', query);
  }

  private one(category: PaperCategory, id: string, about: 'state' | 'history', query: OnQuery) {
    const question = questionIn(query);
    const on = query.on ?? dayAsked(question);
    return this.queries.execute(new PaperQuery(category, id, about, on, question));
  }
}

function said(wanted: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Record<string, string>;
}
