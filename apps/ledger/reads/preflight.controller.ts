import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Day } from '#apps/ledger/bodies';
import { Form, Id, OneOf, Optional, Text } from '#apps/ledger/fields';
import { AsKnownQuery } from '#apps/ledger/reads/as-known';
import { questionIn } from '#apps/ledger/reads/question';
import { circumstancesIn, CircumstancesQuery } from '#apps/ledger/reads/circumstances';
import { FreshReads } from '#apps/ledger/reads/fresh-reads';
import { Problem } from '#apps/ledger/problem';
import { PreflightQuery, SanctionsListQuery } from '#apps/ledger/reads/sanctions-queries';
import { goesOnAt, placeForm } from '#projections/sanctions-list';
import { shows } from '#apps/ledger/shown';
import { severity } from '#libs/rulebook/verdict';
import type { Outcome } from '#libs/rulebook/verdict';

const outcomes = Object.keys(severity) as readonly Outcome[];
const mostListed = 500;

const Jurisdiction = () =>
  Form(/^[A-Z]{2}(BY)?$/, 'a jurisdiction: EU, US, or EUBY for its measures on Belarus', 4, 'EU');

class WhichGoods extends AsKnownQuery {
  @Optional(Jurisdiction()) readonly jurisdiction?: string;
  @Optional(OneOf(outcomes)) readonly outcome?: Outcome;
  @Optional(Id('antwerp-broker')) readonly owner?: string;
  @Optional(Id('antwerp-broker')) readonly custodian?: string;
  @Optional(Day('2024-09-01')) readonly on?: string;
  @Optional(Text(60, '2026.1')) readonly rules?: string;
  @Optional(Form(/^[1-9]\d{0,2}$/, `a number from 1 to ${mostListed}`, 3, '100'))
  readonly limit?: string;
  @Optional(
    Form(placeForm, 'the `next` of the page before', 300, `${'0'.repeat(24)}:stone-new-sun`),
  )
  readonly after?: string;
}

const stream = '(?:stone|parcel|jewellery|shipment)-[a-z0-9]+(?:[-.~][a-z0-9]+)*';

class WhichShipment extends CircumstancesQuery {
  @Form(/^[A-Z]{2}$/, 'a destination: EU, US …', 2, 'US') readonly to!: string;
  @Form(
    new RegExp(`^${stream}(?:,${stream}){0,199}$`),
    'up to 200 of stone-ID, parcel-ID, jewellery-ID and shipment-ID with commas between',
    20_000,
    'stone-new-sun,parcel-lot-7',
  )
  readonly goods!: string;
  @Optional(Day('2026-09-01')) readonly on?: string;
}

const item = {
  subject: 'stone-new-sun',
  setIn: null,
  owner: 'alrosa',
  custodian: 'malca-amit',
  outcome: 'PROHIBITED',
  rule: 'EU-R2',
  citation: 'Art. 3p(1)',
  nextChangeOn: null,
};

const barred = {
  party: 'alrosa',
  jurisdiction: 'EU',
  day: '2024-09-01',
  outcome: 'PROHIBITED',
  rule: 'EU-P1',
  citation: 'Reg. 269/2014',
  reasons: [
    {
      outcome: 'PROHIBITED',
      rule: 'EU-P1',
      citation: 'Reg. 269/2014',
      text: 'PJSC ALROSA: its assets are frozen',
    },
  ],
  ruleBookVersion: '2026.1',
};

const obstacle = {
  outcome: 'REQUIRES_EVIDENCE',
  jurisdiction: 'US',
  rule: 'US-E1',
  citation: 'CSMS 59635420 (loose)',
  text: 'the statement of non-Russian origin',
  papers: [['us-statement-loose']],
  facts: [],
};

/** Verdicts over many goods: all of the ledger's, or those of a shipment before it leaves. */
@ApiTags('reads')
@Controller('v1')
@UseInterceptors(FreshReads)
export class PreflightController {
  constructor(private readonly queries: QueryBus) {}

  @Get('sanctions')
  @ApiOperation({
    summary: 'The verdict on all goods, by outcome, owner and custodian, a page at a time',
    description:
      'Left out: the EU, today by its clock, 100 a page. `next` goes into `after`; a page may hold ' +
      'fewer than asked and still have one. While goods are judged by newly adopted rules the ' +
      'verdicts are those of `ruleBookVersion`, and `coming` names the new version; `rules` judges by ' +
      'another one that this ledger adopted or this build has. With ' +
      '`valid-at` or `known-at` the goods of then are judged as one of them alone would be, the last ' +
      'name first: by the rules and the law known then, on `on` or the day of `valid-at`. ' +
      '`counterparties` are who owns them alone and who holds them: an answer of its own.',
  })
  @shows('A page', {
    jurisdiction: 'EU',
    day: '2024-09-01',
    ruleBookVersion: '2026.1',
    coming: null,
    items: [item],
    next: null,
    counterparties: [barred],
  })
  list(@Query() query: WhichGoods) {
    const { jurisdiction = 'EU', limit = '100', outcome, owner, custodian, after } = query;
    const question = questionIn(query);
    const on = query.on ?? question?.validAt;
    if (!goesOnAt(after, question === undefined)) {
      const message = 'must be the `next` of a page that was asked for with the same times';
      throw new Problem(422, 'invalid-query', `after ${message}`, [{ field: 'after', message }]);
    }
    const now = new Date().toISOString();
    const most = Math.min(Number(limit), mostListed);
    const which = { jurisdiction, now, on, outcome, owner, custodian, after, limit: most };
    return this.queries.execute(new SanctionsListQuery(which, query.rules, question));
  }

  @Get('preflight')
  @ApiOperation({ summary: 'What keeps goods back before they are shipped to a destination' })
  @shows('What is prohibited, missing or unknown, for each of the goods', {
    to: 'US',
    circumstances: {},
    days: { US: '2026-09-01' },
    act: 'import',
    outcome: 'REQUIRES_EVIDENCE',
    ready: false,
    staleRisk: false,
    items: [
      { id: 'stone-new-sun', setIn: null, outcome: 'REQUIRES_EVIDENCE', obstacles: [obstacle] },
    ],
    counterparties: [
      {
        party: 'kgk',
        name: 'KGK',
        jurisdiction: 'US',
        day: '2026-09-01',
        outcome: 'CLEAR',
        rule: 'US-P0',
        citation: 'no designation known',
        reasons: [],
        ruleBookVersion: '2026.1',
        as: ['owner', 'custodian'],
      },
    ],
    notChecked: ['whether the goods are what the ledger says'],
    ruleBookVersions: { US: '2026.1' },
  })
  preflight(@Query() query: WhichShipment) {
    const { to, goods, act = 'import' } = query;
    const question = questionIn(query);
    const on = query.on ?? question?.validAt ?? new Date().toISOString();
    const subjects = [...new Set(goods.split(','))];
    return this.queries.execute(
      new PreflightQuery(subjects, to, on, act, circumstancesIn(query), question),
    );
  }
}
