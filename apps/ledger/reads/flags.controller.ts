import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { knownForm } from '#apps/ledger/acts';
import { Form, Id, OneOf, Optional } from '#apps/ledger/fields';
import { FlagQuery, FlagsQuery } from '#apps/ledger/reads/flag-queries';
import { AsKnownQuery } from '#apps/ledger/reads/as-known';
import { questionIn } from '#apps/ledger/reads/question';
import { FreshReads } from '#apps/ledger/reads/fresh-reads';
import { shows } from '#apps/ledger/shown';
import { flagPlaceForm } from '#projections/flags/flag-list';
import { flagRuleNames } from '#projections/flags/rules';
import type { FlagRule } from '#projections/flags/rules';

const most = 200;

const id = 'weight-discrepancy.01981d5e-8a00-7000-8000-000000000001';

class FlagsAskedQuery extends AsKnownQuery {
  @Optional(OneOf(flagRuleNames)) readonly rule?: FlagRule;
  @Optional(OneOf(['open', 'closed', 'all'])) readonly state?: 'open' | 'closed' | 'all';
  @Optional(
    Form(/^[a-z]+-[a-z0-9.~-]+$/, 'a stream: a category, a dash and an id', 220, 'stone-dawn'),
  )
  readonly stream?: string;
  @Optional(Id('kgk')) readonly party?: string;
  @Optional(Id('kgk')) readonly owner?: string;
  @Optional(Id('kgk')) readonly custodian?: string;
  @Optional(Form(/^(?:[1-9]\d?|1\d\d|200)$/, `a number from 1 to ${most}`, 3, '50'))
  readonly limit?: string;
  @Optional(Form(flagPlaceForm, 'the `next` of the page before', 221, `128:${id}`))
  readonly after?: string;
}

const example = {
  id,
  rule: 'weight-discrepancy',
  state: 'closed',
  subject: 'stone-dawn',
  streams: ['stone-dawn'],
  events: [
    {
      id: '01981d5e-8a00-7000-8000-000000000001',
      stream: 'stone-dawn',
      revision: 4,
      position: '128',
      by: 'kgk',
    },
  ],
  finding: 'kgk weighed 235000 mct where alrosa gave 236000 mct',
  raisedPosition: '128',
  raisedAt: '2025-04-04T09:00:01.000Z',
  closing: {
    rule: 'weight-discrepancy',
    outcome: 'explained',
    reason: 'the receiver’s scales were out of order',
    reliedOn: [{ stream: 'stone-dawn', revision: 6 }],
    by: 'big-four',
    at: { time: '2025-04-20', precision: 'day' },
    position: '160',
  },
};

/** What looks wrong over the whole ledger; a flag is a question, not a verdict. */
@ApiTags('flags')
@Controller('v1/flags')
@UseInterceptors(FreshReads)
export class FlagReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    summary:
      'Red flags by rule, state, stream, owner, custodian, or who stated one of their events',
    description:
      'The newest first, 50 a page; `next` goes into `after`. ' +
      'With `valid-at` or `known-at` they are folded anew from the things that flags of `stream` ' +
      'concern, which must be named (`stream-needed`).',
  })
  @shows('A page of flags', { flags: [example], next: null })
  flags(@Query() query: FlagsAskedQuery) {
    const { rule, state, stream, party, owner, custodian, after, limit } = query;
    const asked = {
      ...(rule && { rule }),
      ...(state && state !== 'all' && { state }),
      ...(stream && { stream }),
      ...(party && { party }),
      ...(owner && { owner }),
      ...(custodian && { custodian }),
      ...(after && { after }),
    };
    return this.queries.execute(new FlagsQuery(asked, Number(limit ?? 50), questionIn(query)));
  }

  @Get(':id')
  @ApiParam({ name: 'id', example: id })
  @ApiOperation({ summary: 'One flag: its rule, its events, and why it ended' })
  @shows('The flag', example)
  flag(@Param('id') asked: string, @Query() query: AsKnownQuery) {
    return this.queries.execute(new FlagQuery(knownForm(asked), questionIn(query)));
  }
}
