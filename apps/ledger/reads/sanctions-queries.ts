import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { VIEWS } from '#apps/ledger/parts';
import { Problem } from '#apps/ledger/problem';
import { subjectOf, unknownGoods } from '#apps/ledger/reads/queries';
import type { Goods, Shown } from '#apps/ledger/reads/queries';
import { localDay } from '#libs/rulebook/clock';
import { counterpartyStatus, listsOf } from '#libs/rulebook/counterparty';
import type { Act, Circumstances } from '#libs/rulebook/facts';
import { judge } from '#libs/rulebook/judge';
import type { Views } from '#libs/views/views';
import { dealingsOf, partiesKnown } from '#projections/counterparties';
import { factsOf } from '#projections/facts';
import { partyOf } from '#projections/parties';
import { preflightOf } from '#projections/preflight';
import { rulesOf } from '#projections/rulebooks';
import { sanctionsOf } from '#projections/sanctions';
import { sanctionsPage } from '#projections/sanctions-list';
import type { SanctionsPage, WhichSanctions } from '#projections/sanctions-list';

/** `rules` is their version; those in use when absent. */
type Asked = Readonly<{
  jurisdiction: string;
  on: string;
  act: Act;
  rules: string | undefined;
  circumstances: Circumstances;
}>;

export class SanctionsQuery extends Query<Shown> {
  constructor(
    readonly goods: Goods,
    readonly asked: Asked,
  ) {
    super();
  }
}

@QueryHandler(SanctionsQuery)
export class SanctionsQueryHandler implements IQueryHandler<SanctionsQuery> {
  constructor(@Inject(VIEWS) private readonly views: Views) {}

  async execute({ goods, asked }: SanctionsQuery): Promise<Shown> {
    const { jurisdiction, on, act, rules: version, circumstances } = asked;
    const found = await sanctionsOf(this.views.reader, subjectOf(goods));
    if (!found) throw unknownGoods(goods);
    const { reader } = this.views;
    const rules = await rulesOf(reader, jurisdiction, version === undefined ? {} : { version });
    const day = localDay(rules.jurisdiction.clock, on);
    const facts = factsOf(found.way, jurisdiction, circumstances);
    const { verdict } = judge(facts, jurisdiction, day, { rules, act });
    const lists = await rulesOf(reader, listsOf(jurisdiction));
    const { parties, known } = await dealingsOf(reader, subjectOf(goods));
    const counterparties = parties.map(({ party, as }) => ({
      ...counterpartyStatus(party, known, jurisdiction, day, lists),
      as,
    }));
    return { ...goods, jurisdiction, on: day, act, circumstances, verdict, counterparties };
  }
}

export class CounterpartyQuery extends Query<Shown> {
  constructor(
    readonly id: string,
    readonly jurisdiction: string,
    readonly on: string,
  ) {
    super();
  }
}

@QueryHandler(CounterpartyQuery)
export class CounterpartyQueryHandler implements IQueryHandler<CounterpartyQuery> {
  constructor(@Inject(VIEWS) private readonly views: Views) {}

  async execute({ id, jurisdiction, on }: CounterpartyQuery): Promise<Shown> {
    const { reader } = this.views;
    if (!(await partyOf(reader, id))) {
      throw new Problem(404, 'unknown-party', `there is no party ${id}`);
    }
    const lists = await rulesOf(reader, listsOf(jurisdiction));
    return counterpartyStatus(id, await partiesKnown(reader, [id]), jurisdiction, on, lists);
  }
}

export class SanctionsListQuery extends Query<SanctionsPage> {
  constructor(readonly which: WhichSanctions) {
    super();
  }
}

@QueryHandler(SanctionsListQuery)
export class SanctionsListQueryHandler implements IQueryHandler<SanctionsListQuery> {
  constructor(@Inject(VIEWS) private readonly views: Views) {}

  execute({ which }: SanctionsListQuery): Promise<SanctionsPage> {
    return sanctionsPage(this.views.reader, which);
  }
}

export class PreflightQuery extends Query<Shown> {
  constructor(
    readonly goods: readonly string[],
    readonly to: string,
    readonly on: string,
    readonly act: Act,
    readonly circumstances: Circumstances,
  ) {
    super();
  }
}

@QueryHandler(PreflightQuery)
export class PreflightQueryHandler implements IQueryHandler<PreflightQuery> {
  constructor(@Inject(VIEWS) private readonly views: Views) {}

  async execute({ goods, to, on, act, circumstances }: PreflightQuery): Promise<Shown> {
    const found = await preflightOf(this.views.reader, goods, to, on, { act, circumstances });
    return { to, circumstances, ...found };
  }
}
