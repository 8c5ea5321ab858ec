import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { knownForm } from '#apps/ledger/acts';
import { Day } from '#apps/ledger/bodies';
import { Form, Optional, Text } from '#apps/ledger/fields';
import { circumstancesIn, CircumstancesQuery } from '#apps/ledger/reads/circumstances';
import { AsKnownQuery } from '#apps/ledger/reads/as-known';
import { questionIn } from '#apps/ledger/reads/question';
import { FreshReads } from '#apps/ledger/reads/fresh-reads';
import { Named } from '#apps/ledger/reads/goods.controller';
import type { Goods } from '#apps/ledger/reads/queries';
import {
  CounterpartyQuery,
  SanctionsQuery,
  ShipmentSanctionsQuery,
} from '#apps/ledger/reads/sanctions-queries';
import { shows } from '#apps/ledger/shown';

class WhichVerdict extends CircumstancesQuery {
  @Optional(
    Form(/^[A-Z]{2}(BY)?$/, 'a jurisdiction: EU, US, or EUBY for its measures on Belarus', 4, 'EU'),
  )
  readonly jurisdiction?: string;
  @Optional(Day('2024-09-01')) readonly on?: string;
  @Optional(Text(60, '2026.1')) readonly rules?: string;
}

const counterparty = {
  party: 'alrosa',
  jurisdiction: 'EU',
  day: '2024-09-01',
  outcome: 'PROHIBITED',
  rule: 'EU-P1',
  citation: 'Reg. (EU) 269/2014, ALROSA',
  reasons: [
    {
      outcome: 'PROHIBITED',
      rule: 'EU-P1',
      citation: 'Reg. (EU) 269/2014, ALROSA',
      text: 'dealing with PJSC ALROSA',
    },
  ],
  ruleBookVersion: '2026.1',
};

const verdict = {
  category: 'stone',
  id: 'new-sun',
  setIn: null,
  jurisdiction: 'EU',
  on: '2024-09-01',
  act: 'import',
  circumstances: {},
  verdict: {
    outcome: 'PROHIBITED',
    rule: 'EU-R2',
    citation: 'Art. 3p(1)',
    reasons: [],
    factsUsed: [{ fact: 'minedIn', value: ['RU'] }],
    factsMissing: [],
    evidenceMissing: [],
    confidence: 'read',
    nextChangeOn: null,
    notChecked: ['whether the goods are what the ledger says'],
    ruleBookVersion: '2026.1',
  },
  counterparties: [{ ...counterparty, as: ['owner', 'custodian'] }],
};

const { category: _, id: __, setIn: ___, verdict: ofGoods, counterparties, ...question } = verdict;
const shipmentVerdict = {
  category: 'shipment',
  id: 'kgk-2025-04',
  ...question,
  outcome: 'PROHIBITED',
  goods: [{ subject: 'stone-new-sun', verdict: ofGoods, counterparties }],
};

/** Whether goods may cross a border: decision support, not legal advice. */
@ApiTags('reads')
@ApiParam({ name: 'id', example: 'new-sun' })
@Controller(['v1/stones/:id', 'v1/parcels/:id', 'v1/jewellery/:id'])
@UseInterceptors(FreshReads)
export class SanctionsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('sanctions')
  @ApiOperation({
    summary: 'The verdict of a jurisdiction on a day, with rules, facts and what is missing',
    description:
      'Left out: the EU, today by its clock (with `valid-at`: that day), import for commerce, the rules in use; `rules` names another version. `known-at` takes the facts and the rules known then and, for a day, the law published by then. Facts that contradict each other are UNDETERMINED, the rule being the code that says how. A stone that is set is judged as the article that `setIn` names, with which it is imported; taken out, the loose stone is judged.',
  })
  @shows('The verdict', verdict)
  verdict(@Named() goods: Goods, @Query() query: WhichVerdict) {
    return this.queries.execute(new SanctionsQuery(goods, askedIn(query)));
  }
}

function askedIn(query: WhichVerdict) {
  const { jurisdiction = 'EU', act = 'import', rules } = query;
  const question = questionIn(query);
  const on = query.on ?? question?.validAt ?? new Date().toISOString();
  return { jurisdiction, on, act, rules, circumstances: circumstancesIn(query), question };
}

/** Whether all that a shipment carries may cross a border. */
@ApiTags('reads')
@ApiParam({ name: 'id', example: 'kgk-2025-04' })
@Controller('v1/shipments/:id')
@UseInterceptors(FreshReads)
export class ShipmentSanctionsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('sanctions')
  @ApiOperation({
    summary: 'The verdict on a shipment: the worst over the goods in it, each of which is told',
    description: 'Asked as of a single stone. Nothing is known of a shipment without goods.',
  })
  @shows('The verdict', shipmentVerdict)
  verdict(@Param('id') id: string, @Query() query: WhichVerdict) {
    return this.queries.execute(new ShipmentSanctionsQuery(knownForm(id), askedIn(query)));
  }
}

class WhichList extends AsKnownQuery {
  @Optional(Form(/^[A-Z]{2}$/, 'a jurisdiction: EU, US …', 2, 'EU'))
  readonly jurisdiction?: string;
  @Optional(Day('2024-09-01')) readonly on?: string;
}

/** Whether one may deal with a party: lists of persons, and who owns it. */
@ApiTags('reads')
@ApiParam({ name: 'id', example: 'alrosa' })
@Controller('v1/parties/:id')
@UseInterceptors(FreshReads)
export class CounterpartiesController {
  constructor(private readonly queries: QueryBus) {}

  @Get('sanctions')
  @ApiOperation({
    summary: 'Whether a list names the party on a day, or reaches it through its owners',
    description: 'Left out: the EU, today by its clock.',
  })
  @shows('The status of the party', counterparty)
  status(@Param('id') id: string, @Query() query: WhichList) {
    const { jurisdiction = 'EU' } = query;
    const question = questionIn(query);
    const when = query.on ?? question?.validAt ?? new Date().toISOString();
    return this.queries.execute(new CounterpartyQuery(knownForm(id), jurisdiction, when, question));
  }
}
