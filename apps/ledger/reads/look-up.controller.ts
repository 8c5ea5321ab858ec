import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { knownForm } from '#apps/ledger/acts';
import { Form, Optional, Text } from '#apps/ledger/fields';
import { AsKnownQuery } from '#apps/ledger/reads/as-known';
import { questionIn } from '#apps/ledger/reads/question';
import { FreshReads } from '#apps/ledger/reads/fresh-reads';
import { PartyQuery, SearchQuery } from '#apps/ledger/reads/queries';
import { history } from '#apps/ledger/reads/paper-examples';
import { shows } from '#apps/ledger/shown';

const mostHits = 50;

class FindQuery extends AsKnownQuery {
  @Text(200, 'GIA 2211234567') readonly q!: string;
  @Optional(Form(/^(?:[1-9]|[1-4]\d|50)$/, `a number from 1 to ${mostHits}`, 2, '20'))
  readonly limit?: string;
}

const since = { time: '2024-01-01', precision: 'day' };

@ApiTags('reads')
@Controller('v1')
@UseInterceptors(FreshReads)
export class LookUpController {
  constructor(private readonly queries: QueryBus) {}

  @Get('search')
  @ApiOperation({
    summary: 'Stones, parcels and parties by any identifier they ever bore',
    description:
      'Where there is `more`, more of the identifier finds it. ' +
      'With `valid-at` or `known-at` by those they bore then, what was struck out since among them; ' +
      '`too-many-candidates` where more than 500 begin so.',
  })
  @shows('Hits, whole identifiers first', {
    hits: [
      { category: 'stone', id: 'new-sun', kind: 'report', shown: 'GIA 2211234567', exact: true },
    ],
    more: false,
  })
  find(@Query() query: FindQuery) {
    const { q, limit } = query;
    return this.queries.execute(new SearchQuery(q, Number(limit ?? mostHits), questionIn(query)));
  }

  @Get('parties/:id')
  @ApiParam({ name: 'id', example: 'antwerp-broker' })
  @ApiOperation({
    summary:
      'A party: roles, owners, designations and screenings over time; keys, not their secrets',
  })
  @shows('The party', {
    id: 'antwerp-broker',
    stream: 'party-antwerp-broker',
    name: 'Antwerp Broker NV',
    country: 'BE',
    gln: '9506000134352',
    aliases: [],
    roles: [{ role: 'dealer', from: since, until: null }],
    registeredAt: since,
    owners: [
      { from: '2024-01-01', shareholders: [{ name: 'Diamond Family Holding', ppm: 510_000 }] },
    ],
    designations: [],
    screenings: [{ on: '2025-04-04', list: 'EU consolidated list', outcome: 'clear' }],
    addresses: [{ from: since, lines: ['Hoveniersstraat 22', '2018 Antwerp', 'Belgium'] }],
    keys: [{ keyId: '0123456789abcdef', roles: ['dealer'], label: 'back office', revokedAt: null }],
  })
  party(@Param('id') id: string, @Query() query: AsKnownQuery) {
    return this.queries.execute(new PartyQuery(knownForm(id), 'state', questionIn(query)));
  }

  @Get('parties/:id/history')
  @ApiParam({ name: 'id', example: 'antwerp-broker' })
  @ApiOperation({ summary: 'Everything that was recorded of a party, corrections included' })
  @shows('Its steps', history)
  partyHistory(@Param('id') id: string, @Query() query: AsKnownQuery) {
    return this.queries.execute(new PartyQuery(knownForm(id), 'history', questionIn(query)));
  }
}
