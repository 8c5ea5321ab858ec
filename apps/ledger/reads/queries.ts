import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { STORE, VIEWS } from '#apps/ledger/parts';
import { Problem } from '#apps/ledger/problem';
import { readerFor, today } from '#apps/ledger/reads/as-known';
import { shownRow, shownRows, shownSteps } from '#apps/ledger/reads/rows';
import {
  jewelleryStream,
  parcelStream,
  parseStream,
  partyStream,
  stoneStream,
} from '#events/streams';
import type { EventStore } from '#libs/store/store';
import type { Question } from '#libs/views/as-known';
import { listedAt } from '#libs/views/as-known';
import type { ViewReader, Views } from '#libs/views/views';
import { custodyChain } from '#projections/custody';
import { counterparties, partiesKnown } from '#projections/counterparties';
import { cardOf, history } from '#projections/history/history';
import { historyOf } from '#projections/history/told';
import { lineageOf } from '#projections/lineage';
import { originOf, shownOf } from '#projections/origin';
import { credentialsOf, parties, partyOf } from '#projections/parties';
import { find, search } from '#projections/search';
import { findThen } from '#projections/search-then';
import { bearingOf } from '#projections/setting';
import { titleChain } from '#projections/title';

export type Goods = Readonly<{ category: 'stone' | 'parcel' | 'jewellery'; id: string }>;
export type Shown = Readonly<Record<string, unknown>>;

export class GoodsQuery extends Query<Shown> {
  constructor(
    readonly goods: Goods,
    readonly about: 'state' | 'history' | 'lineage',
    readonly question?: Question,
  ) {
    super();
  }
}

export class PartyQuery extends Query<Shown> {
  constructor(
    readonly id: string,
    readonly about: 'state' | 'history',
    readonly question?: Question,
  ) {
    super();
  }
}

export class SearchQuery extends Query<Shown> {
  constructor(
    readonly text: string,
    readonly limit: number,
    readonly question: Question | undefined,
  ) {
    super();
  }
}

export function subjectOf({ category, id }: Goods): string {
  switch (category) {
    case 'stone':
      return stoneStream(id);
    case 'parcel':
      return parcelStream(id);
    case 'jewellery':
      return jewelleryStream(id);
  }
}

export function unknownGoods({ category, id }: Goods): Problem {
  return new Problem(404, `unknown-${category}`, `there is no ${category} ${id}`);
}

@QueryHandler(GoodsQuery)
export class GoodsQueryHandler implements IQueryHandler<GoodsQuery> {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(STORE) private readonly store: EventStore,
  ) {}

  async execute({ goods, about, question }: GoodsQuery): Promise<Shown> {
    const subject = subjectOf(goods);
    const reader = await readerFor(this.views, this.store, subject, question);
    const shown = await this[about](subject, reader);
    if (shown === undefined) throw unknownGoods(goods);
    return { ...goods, ...shown };
  }

  private async state(subject: string, reader: ViewReader): Promise<Shown | undefined> {
    const card = await cardOf(reader, subject);
    if (!card) return undefined;
    const { mct, qualifier, basis, ...rest } = card;
    const { setIn, custody, title, bonds } = await bearingOf(reader, subject);
    const origin = await originOf(reader, subject);
    return {
      ...shownRow(rest, ['consumed']),
      weight: { mct, qualifier, basis },
      setIn,
      custody: shownOrNull(custody),
      title: shownOrNull(title),
      origin: origin ? shownOf(origin, card) : null,
      bonds,
    };
  }

  private async history(subject: string, reader: ViewReader): Promise<Shown | undefined> {
    const steps = await historyOf(reader, subject);
    if (steps.length === 0) return undefined;
    return {
      steps: shownSteps(steps),
      custody: shownRows(await custodyChain(reader, subject)),
      title: shownRows(await titleChain(reader, subject)),
    };
  }

  private async lineage(subject: string, reader: ViewReader): Promise<Shown | undefined> {
    const found = await lineageOf(reader, subject);
    return found && { nodes: found.nodes, edges: shownRows(found.edges) };
  }
}

function shownOrNull(row: object | undefined): Shown | null {
  return row ? shownRow(row, ['consumed']) : null;
}

@QueryHandler(PartyQuery)
export class PartyQueryHandler implements IQueryHandler<PartyQuery> {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(STORE) private readonly store: EventStore,
  ) {}

  /** A party and its keys, without anything a secret could be found from. */
  async execute({ id, about, question }: PartyQuery): Promise<Shown> {
    const folded = [parties, counterparties, history];
    const reader = question
      ? await listedAt(this.store, folded, [partyStream(id)], question, today())
      : this.views.reader;
    const party = await partyOf(reader, id);
    if (!party) throw new Problem(404, 'unknown-party', `there is no party ${id}`);
    if (about === 'history') {
      const steps = await historyOf(reader, partyStream(id));
      return { category: 'party', id, steps: shownSteps(steps) };
    }
    const known = (await partiesKnown(reader, [id]))[id];
    const keys = await credentialsOf(reader, id);
    return {
      ...shownRow(party),
      ...known,
      stream: partyStream(id),
      keys: keys.map(({ secret_sha256: _, party: __, ...key }) => shownRow(key)),
    };
  }
}

@QueryHandler(SearchQuery)
export class SearchQueryHandler implements IQueryHandler<SearchQuery> {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(STORE) private readonly store: EventStore,
  ) {}

  async execute({ text, limit, question }: SearchQuery): Promise<Shown> {
    const { reader } = this.views;
    const readerThen = (subjects: readonly string[]) =>
      listedAt(this.store, [search], subjects, question ?? {}, today());
    const found = question
      ? await findThen(reader, readerThen, text, limit + 1)
      : await find(reader, text, limit + 1);
    const hits = found.slice(0, limit);
    return {
      hits: hits.map(({ subject, ...hit }) => ({ ...parseStream(subject), ...hit })),
      more: found.length > limit,
    };
  }
}
