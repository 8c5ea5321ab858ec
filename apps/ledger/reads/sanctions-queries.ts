import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { STORE, VIEWS } from '#apps/ledger/parts';
import { Problem } from '#apps/ledger/problem';
import { readerFor, today } from '#apps/ledger/reads/as-known';
import { subjectOf, unknownGoods } from '#apps/ledger/reads/queries';
import type { Goods, Shown } from '#apps/ledger/reads/queries';
import { partyStream, shipmentStream } from '#events/streams';
import { localDay } from '#libs/rulebook/clock';
import { counterpartyStatus, listsOf } from '#libs/rulebook/counterparty';
import type { CounterpartyStatus } from '#libs/rulebook/counterparty';
import { lawKnownAt } from '#libs/rulebook/evaluate';
import type { Act, Circumstances } from '#libs/rulebook/facts';
import { judge } from '#libs/rulebook/judge';
import { worstOf } from '#libs/rulebook/preflight';
import type { RulesUsed } from '#libs/rulebook/rules-used';
import type { EventStore } from '#libs/store/store';
import { listedAt, withCargo } from '#libs/views/as-known';
import type { Question } from '#libs/views/as-known';
import type { ViewReader, Views } from '#libs/views/views';
import { holdersOn, partiesKnown, statusesOf } from '#projections/counterparties';
import { standingFor, standingsFor } from '#projections/dossier';
import type { Standing } from '#projections/dossier';
import { factsOf } from '#projections/way/facts';
import { partyOf, refuseUnknown } from '#projections/parties';
import { preflightOf } from '#projections/preflight';
import { listsBeside, rulesKnownAt, rulesOf } from '#projections/rulebooks';
import { sanctionsPage } from '#projections/sanctions-list';
import type { SanctionsPage, WhichSanctions } from '#projections/sanctions-list';
import { foldedForSanctions, sanctionsPageThen } from '#projections/sanctions-then';

/** `rules` is their version; those in use when absent, or in use as known then. */
type Asked = Readonly<{
  jurisdiction: string;
  on: string;
  act: Act;
  rules: string | undefined;
  circumstances: Circumstances;
  question: Question | undefined;
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
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(STORE) private readonly store: EventStore,
  ) {}

  async execute({ goods, asked }: SanctionsQuery): Promise<Shown> {
    const { jurisdiction, act, circumstances, question } = asked;
    const subject = subjectOf(goods);
    const reader = await readerFor(this.views, this.store, subject, question);
    const found = await standingFor(reader, subject);
    if (!found) throw unknownGoods(goods);
    const { day: on, told } = await judging(this.views.reader, asked);
    const { setIn } = found.sanctions;
    return { ...goods, setIn, jurisdiction, on, act, circumstances, ...told(found) };
  }
}

export class ShipmentSanctionsQuery extends Query<Shown> {
  constructor(
    readonly id: string,
    readonly asked: Asked,
  ) {
    super();
  }
}

@QueryHandler(ShipmentSanctionsQuery)
export class ShipmentSanctionsQueryHandler implements IQueryHandler<ShipmentSanctionsQuery> {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(STORE) private readonly store: EventStore,
  ) {}

  async execute({ id, asked }: ShipmentSanctionsQuery): Promise<Shown> {
    const { jurisdiction, act, circumstances, question } = asked;
    const subjects = await withCargo(this.store, [shipmentStream(id)]);
    const reader = await readerFor(this.views, this.store, subjects, question);
    const found = await standingsFor(reader, shipmentStream(id));
    if (!found) throw new Problem(404, 'unknown-shipment', `there is no shipment ${id}`);
    const { day: on, told } = await judging(this.views.reader, asked);
    const goods = found.goods.map((each) => ({ subject: each.subject, ...told(each) }));
    const outcome = worstOf(goods.map(({ verdict }) => verdict.outcome));
    const shipment = { category: 'shipment', id, jurisdiction, on, act, circumstances };
    return { ...shipment, outcome, goods };
  }
}

/** How goods are judged as asked, and the jurisdiction's day it is of. */
async function judging(views: ViewReader, asked: Asked) {
  const { jurisdiction, on, act, rules: version, circumstances, question } = asked;
  const asKnown = rulesKnownAt(question?.knownAt);
  const which = version === undefined ? asKnown : { version };
  const rules = await rulesOf(views, jurisdiction, which);
  const lists = await listsBeside(views, rules, asKnown);
  const law = lawKnownAt(question?.knownAt);
  const day = localDay(rules.jurisdiction.clock, on);
  const told = ({ sanctions, dealings }: Standing) => {
    const facts = factsOf(sanctions.way, jurisdiction, circumstances);
    const { verdict } = judge(facts, jurisdiction, day, { ...law, rules, act });
    const counterparties = dealings.parties.map(({ party, as }) => ({
      ...counterpartyStatus(party, dealings.known, jurisdiction, day, lists),
      as,
    }));
    return { verdict, counterparties };
  };
  return { day, told };
}

export class CounterpartyQuery extends Query<Shown> {
  constructor(
    readonly id: string,
    readonly jurisdiction: string,
    readonly on: string,
    readonly question?: Question,
  ) {
    super();
  }
}

@QueryHandler(CounterpartyQuery)
export class CounterpartyQueryHandler implements IQueryHandler<CounterpartyQuery> {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(STORE) private readonly store: EventStore,
  ) {}

  async execute({ id, jurisdiction, on, question }: CounterpartyQuery): Promise<Shown> {
    const reader = await readerFor(this.views, this.store, partyStream(id), question);
    if (!(await partyOf(reader, id))) {
      throw new Problem(404, 'unknown-party', `there is no party ${id}`);
    }
    const asKnown = rulesKnownAt(question?.knownAt);
    const lists = await rulesOf(this.views.reader, listsOf(jurisdiction), asKnown);
    return counterpartyStatus(id, await partiesKnown(reader, [id]), jurisdiction, on, lists);
  }
}

type ListShown = SanctionsPage & Readonly<{ counterparties: readonly CounterpartyStatus[] }>;

export class SanctionsListQuery extends Query<ListShown> {
  constructor(
    readonly which: WhichSanctions,
    readonly version: string | undefined,
    readonly question: Question | undefined,
  ) {
    super();
  }
}

@QueryHandler(SanctionsListQuery)
export class SanctionsListQueryHandler implements IQueryHandler<SanctionsListQuery> {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(STORE) private readonly store: EventStore,
  ) {}

  async execute({ which, version, question }: SanctionsListQuery): Promise<ListShown> {
    const { reader } = this.views;
    const { owner, custodian } = which;
    await refuseUnknown(reader, { owner, custodian });
    const named = version === undefined ? undefined : { version };
    const rules = named && (await rulesOf(reader, which.jurisdiction, named));
    const page = question
      ? await this.pageThen(which, rules, question)
      : await sanctionsPage(reader, { ...which, rules });
    const { jurisdiction, day } = page;
    const parties = holdersOn(page.items);
    const known = await readerFor(this.views, this.store, parties.map(partyStream), question);
    const asKnown = rulesKnownAt(question?.knownAt);
    const used = rules ?? (await rulesOf(reader, jurisdiction, asKnown));
    const lists = await listsBeside(reader, used, asKnown);
    const counterparties = await statusesOf(known, parties, jurisdiction, day, lists);
    return { ...page, counterparties };
  }

  private async pageThen(
    which: WhichSanctions,
    rules: RulesUsed | undefined,
    question: Question,
  ): Promise<SanctionsPage> {
    const { reader } = this.views;
    return sanctionsPageThen(reader, which, {
      readerFor: (subjects) =>
        listedAt(this.store, foldedForSanctions, subjects, question, today()),
      rules: rules ?? (await rulesOf(reader, which.jurisdiction, rulesKnownAt(question.knownAt))),
      law: lawKnownAt(question.knownAt),
    });
  }
}

export class PreflightQuery extends Query<Shown> {
  constructor(
    readonly goods: readonly string[],
    readonly to: string,
    readonly on: string,
    readonly act: Act,
    readonly circumstances: Circumstances,
    readonly question: Question | undefined,
  ) {
    super();
  }
}

@QueryHandler(PreflightQuery)
export class PreflightQueryHandler implements IQueryHandler<PreflightQuery> {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(STORE) private readonly store: EventStore,
  ) {}

  async execute({ goods, to, on, act, circumstances, question }: PreflightQuery): Promise<Shown> {
    const subjects = await withCargo(this.store, goods);
    const reader = await readerFor(this.views, this.store, subjects, question);
    const rules = rulesKnownAt(question?.knownAt);
    const asked = { act, circumstances, rules, rulesIn: this.views.reader };
    const found = await preflightOf(reader, goods, to, on, asked);
    return { to, circumstances, ...found };
  }
}
