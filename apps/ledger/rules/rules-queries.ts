import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { VIEWS } from '#apps/ledger/parts';
import { Problem } from '#apps/ledger/problem';
import type { Shown } from '#apps/ledger/reads/queries';
import { ruleBook } from '#libs/rulebook/rule-book';
import { changesBetween } from '#libs/rulebook/rules-used';
import type { Views } from '#libs/views/views';
import { rulesOf, versionsOf } from '#projections/rulebooks';
import type { RulesFound, RulesVersion } from '#projections/rulebooks';

export class RulesListQuery extends Query<Shown> {
  constructor(readonly on: string | undefined) {
    super();
  }
}

export class RulesQuery extends Query<Shown> {
  constructor(
    readonly id: string,
    readonly version: string | undefined,
    readonly on: string | undefined,
  ) {
    super();
  }
}

export class RulesDiffQuery extends Query<Shown> {
  constructor(
    readonly id: string,
    readonly from: string,
    readonly to: string,
  ) {
    super();
  }
}

/** Jurisdictions are asked for in either case. */
const codeOf = (id: string) => id.toUpperCase();

function shown({ jurisdiction, version, adoption }: RulesFound): Shown {
  const { id, name, knownThrough, rules } = jurisdiction;
  return {
    jurisdiction: id,
    name,
    version,
    adoptedOn: adoption?.adopted_on ?? null,
    by: adoption?.by ?? null,
    sha256: adoption?.sha256 ?? null,
    knownThrough,
    rules: rules.length,
  };
}

const listed = ({ position, ...version }: RulesVersion): Shown => ({
  ...version,
  position: position === null ? null : String(position),
});

function which(version: string | undefined, on: string | undefined) {
  if (version !== undefined && on !== undefined) {
    const message = 'goes without version, which names the rules';
    throw new Problem(422, 'invalid-query', `on ${message}`, [{ field: 'on', message }]);
  }
  return { ...(version !== undefined && { version }), ...(on !== undefined && { on }) };
}

@QueryHandler(RulesListQuery)
export class RulesListQueryHandler implements IQueryHandler<RulesListQuery> {
  constructor(@Inject(VIEWS) private readonly views: Views) {}

  async execute({ on }: RulesListQuery): Promise<Shown> {
    const rules: Shown[] = [];
    const asked = which(undefined, on);
    for (const { id } of ruleBook().jurisdictions) {
      const versions = await versionsOf(this.views.reader, id, asked);
      const found = await rulesOf(this.views.reader, id, asked);
      rules.push({ ...shown(found), versions: versions.map(listed) });
    }
    return { rules };
  }
}

@QueryHandler(RulesQuery)
export class RulesQueryHandler implements IQueryHandler<RulesQuery> {
  constructor(@Inject(VIEWS) private readonly views: Views) {}

  async execute({ id, version, on }: RulesQuery): Promise<Shown> {
    const found = await rulesOf(this.views.reader, codeOf(id), which(version, on));
    return { ...shown(found), file: found.jurisdiction };
  }
}

@QueryHandler(RulesDiffQuery)
export class RulesDiffQueryHandler implements IQueryHandler<RulesDiffQuery> {
  constructor(@Inject(VIEWS) private readonly views: Views) {}

  async execute({ id, from, to }: RulesDiffQuery): Promise<Shown> {
    const code = codeOf(id);
    const before = await rulesOf(this.views.reader, code, { version: from });
    const after = await rulesOf(this.views.reader, code, { version: to });
    const changes = changesBetween(before.jurisdiction, after.jurisdiction);
    return { jurisdiction: code, from, to, changes };
  }
}
