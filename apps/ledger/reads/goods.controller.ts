import {
  Controller,
  createParamDecorator,
  Get,
  Headers,
  Query,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { knownForm } from '#apps/ledger/acts';
import { AsKnownQuery } from '#apps/ledger/reads/as-known';
import { questionIn } from '#apps/ledger/reads/question';
import { FreshReads } from '#apps/ledger/reads/fresh-reads';
import { day } from '#apps/ledger/reads/paper-examples';
import type { Goods } from '#apps/ledger/reads/queries';
import { GoodsQuery } from '#apps/ledger/reads/queries';
import { shows } from '#apps/ledger/shown';

const categories: Readonly<Record<string, Goods['category']>> = {
  parcels: 'parcel',
  jewellery: 'jewellery',
};

/** The goods the path names. */
export const Named = createParamDecorator((_: unknown, context: ExecutionContext): Goods => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { id = '' } = request.params as { id?: string };
  const [, , collection = ''] = request.url.split('/');
  return { category: categories[collection] ?? 'stone', id: knownForm(id) };
});

const state = {
  category: 'stone',
  id: 'new-sun',
  subject: 'stone-new-sun',
  revision: 7,
  form: 'polished',
  consumed: false,
  weight: { mct: 100_000, qualifier: 'gt', basis: 'declared' },
  names: ['New Sun'],
  colour: 'Fancy Vivid Yellow',
  custodian: 'alrosa',
  owner: 'alrosa',
  setIn: null,
  custody: { custodian: 'alrosa', basis: 'recovered', since: day('2025-04-04'), until: null },
  title: { owner: 'alrosa', basis: 'recovered', since: day('2025-04-04'), until: null },
  origin: {
    basis: 'from-parent',
    origin: {
      countries: [{ country: 'RU', minPpm: 1_000_000, maxPpm: 1_000_000 }],
      mineIds: ['ru-ebelyakh'],
      chainOfCustody: 'identity-preserved',
    },
    claims: [],
    mined: true,
  },
  bonds: {
    standing: 'clear',
    memo: null,
    pledges: [],
    missing: null,
    seizure: null,
    holds: [],
    seal: 'SEAL-0118',
    contests: [],
  },
};

const step = {
  position: '121',
  subject: 'stone-new-sun',
  revision: 6,
  type: 'StoneNamed',
  at: day('2025-04-04'),
  recordedAt: '2025-04-04T09:00:01.000Z',
  by: 'alrosa',
  line: 'named New Sun',
  details: ['language en'],
  changes: [],
  illustrative: false,
  kin: null,
  toldOf: 'itself',
  annulled: false,
  corrections: [],
};

const lineage = {
  category: 'stone',
  id: 'new-sun',
  nodes: [
    {
      subject: 'stone-dawn',
      weight: { mct: 200_000, qualifier: 'gt', basis: 'declared' },
      losses: [],
    },
  ],
  edges: [
    {
      child: 'stone-dawn.1',
      parent: 'stone-dawn',
      position: '120',
      kind: 'polished',
      at: day('2025-04-04'),
      weight: { mct: 100_000, qualifier: 'gt', basis: 'declared' },
      yieldPpm: null,
    },
  ],
};

/** What is known of a stone or a parcel. */
@ApiTags('reads')
@ApiParam({ name: 'id', example: 'new-sun' })
@Controller(['v1/stones/:id', 'v1/parcels/:id'])
@UseInterceptors(FreshReads)
export class GoodsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    summary: 'Where it stands: form, weight, custody, title, origin, what lies on it',
  })
  @ApiHeader({ name: 'If-None-Match', required: false, schema: { type: 'string', example: '"7"' } })
  @shows('The stone or parcel; its revision is the ETag', state)
  async state(
    @Named() goods: Goods,
    @Query() query: AsKnownQuery,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.queries.execute(new GoodsQuery(goods, 'state', questionIn(query)));
    const tag = `"${String(found['revision'])}"`;
    void reply.header('ETag', tag).header('Cache-Control', 'private, no-cache');
    const isKnown = known?.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
    if (!isKnown) return found;
    void reply.code(304);
    return undefined;
  }

  @Get('history')
  @ApiOperation({ summary: 'Everything that happened to it, from the mine on' })
  @shows('Its steps and its chains of custody and title', {
    category: 'stone',
    id: 'new-sun',
    steps: [step],
    custody: [state.custody],
    title: [state.title],
  })
  history(@Named() goods: Goods, @Query() query: AsKnownQuery) {
    return this.queries.execute(new GoodsQuery(goods, 'history', questionIn(query)));
  }

  @Get('lineage')
  @ApiOperation({ summary: 'What it came out of and what came out of it, with weights and yields' })
  @shows('Nodes and edges', lineage)
  lineage(@Named() goods: Goods, @Query() query: AsKnownQuery) {
    return this.queries.execute(new GoodsQuery(goods, 'lineage', questionIn(query)));
  }
}
