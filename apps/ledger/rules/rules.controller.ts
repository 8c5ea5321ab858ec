import { Body, Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { hash } from 'node:crypto';
import { Day } from '#apps/ledger/bodies';
import { ActBody } from '#apps/ledger/bodies';
import type { Call } from '#apps/ledger/acts';
import { Acts, Called, knownForm } from '#apps/ledger/acts';
import { Judged, Optional, Text } from '#apps/ledger/fields';
import { FreshReads, ReadQuery } from '#apps/ledger/reads/fresh-reads';
import { RulesDiffQuery, RulesListQuery, RulesQuery } from '#apps/ledger/rules/rules-queries';
import { acts, done, shows } from '#apps/ledger/shown';
import { nameOf } from '#libs/rulebook/adoption';
import { oddities } from '#libs/rulebook/faults';
import { rulesIn } from '#libs/rulebook/rule-file';
import { ruleBook } from '#libs/rulebook/rule-book';
import { canonicalJson } from '#libs/signing/canonical-json';

type Rules = Readonly<Record<string, unknown>>;

/** The decider reads the file and names the place of a fault. */
const RuleFile = (example: unknown) =>
  Judged(
    'rules',
    (value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? undefined
        : 'must be a file of rules, as an object',
    { type: 'object', additionalProperties: true, example },
  );

const example = ruleBook().jurisdictions.find(({ id }) => id === 'CABY');

class AdoptRuleBookBody extends ActBody {
  @Optional(Text(60, '2026.2')) readonly version?: string;
  @RuleFile(example) readonly rules!: Rules;
}

class WhichVersion extends ReadQuery {
  @Optional(Text(60, '2026.1')) readonly version?: string;
  @Optional(Day('2026-09-01')) readonly on?: string;
}

class WhenApplied extends ReadQuery {
  @Optional(Day('2026-09-01')) readonly on?: string;
}

class BetweenVersions extends ReadQuery {
  @Text(60, '2026.1') readonly from!: string;
  @Text(60, '2026.2') readonly to!: string;
}

const listed = {
  jurisdiction: 'EU',
  name: 'European Union',
  version: '2026.1',
  adoptedOn: null,
  by: null,
  sha256: null,
  knownThrough: '2025-12-23',
  rules: 40,
};

const versions = [
  {
    version: '2026.1',
    sha256: null,
    adoptedOn: null,
    by: null,
    position: null,
    knownThrough: '2025-12-23',
    inUse: false,
  },
  {
    version: '2026.2',
    sha256: 'ab'.repeat(32),
    adoptedOn: '2026-09-01',
    by: 'registry',
    position: '812',
    knownThrough: '2026-08-30',
    inUse: true,
  },
];

const change = {
  change: 'changed',
  id: 'EU-R4',
  effectiveFrom: '2024-09-01',
  citation: 'Art. 3p(4)',
  fields: ['effectiveTo'],
};

/** The rules this ledger judges by. */
@ApiTags('rules')
@Controller('v1/rules')
@UseInterceptors(FreshReads)
export class RulesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'Which rules of each jurisdiction the ledger judges by, or judged by' })
  @shows('One entry for each jurisdiction, with every version that was ever in use', {
    rules: [{ ...listed, versions }],
  })
  list(@Query() { on }: WhenApplied) {
    return this.queries.execute(new RulesListQuery(on));
  }

  @Get(':id')
  @ApiParam({ name: 'id', example: 'EU' })
  @ApiOperation({ summary: 'The rules of a jurisdiction: a version, those of a day, or in use' })
  @shows('The file of rules and how it came to be used', { ...listed, file: example ?? {} })
  show(@Param('id') id: string, @Query() { version, on }: WhichVersion) {
    return this.queries.execute(new RulesQuery(id, version, on));
  }

  @Get(':id/diff')
  @ApiParam({ name: 'id', example: 'EU' })
  @ApiOperation({ summary: 'What changed from one version to another, record by record' })
  @shows('The changes', { jurisdiction: 'EU', from: '2026.1', to: '2026.2', changes: [change] })
  diff(@Param('id') id: string, @Query() { from, to }: BetweenVersions) {
    return this.queries.execute(new RulesDiffQuery(id, from, to));
  }
}

/** Adopting rules is an act of the ledger. */
@ApiTags('rules')
@Controller('v1/rules/:id')
export class AdoptionController {
  constructor(private readonly acts: Acts) {}

  @acts(
    'adopt-rule-book',
    'An operator adopts rules for a jurisdiction, from the day of the act on, under the name the file bears; `version`, where said, must be that. `warnings` tell what is odd in them',
    AdoptRuleBookBody,
    { rules: { ...example, version: '2026.2' } },
    { ...done, warnings: [] },
  )
  async adopt(@Called() call: Call, @Body() body: AdoptRuleBookBody) {
    const recorded = await this.acts.rulebook(call, body, ({ version, rules }, meta) => ({
      type: 'AdoptRuleBook',
      rulebookId: knownForm(call.id.toLowerCase()),
      version: version ?? nameOf(rules),
      sha256: hash('sha256', canonicalJson(rules)),
      rules,
      meta,
    }));
    return { ...recorded, warnings: oddities(rulesIn(body.rules)) };
  }
}
