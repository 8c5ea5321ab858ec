import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { STORE, VIEWS } from '#apps/ledger/parts';
import { Problem } from '#apps/ledger/problem';
import { readerFor } from '#apps/ledger/reads/as-known';
import { shownRow, shownRows } from '#apps/ledger/reads/rows';
import type { EventStore } from '#libs/store/store';
import type { Question } from '#libs/views/as-known';
import type { ViewReader, Views } from '#libs/views/views';
import type { FlagsAsked } from '#projections/flags/flag-list';
import { flagOf, flagPlaceOf } from '#projections/flags/flag-list';
import type { HeldAsked } from '#projections/flags/flags-held';
import { flagsHeldBy } from '#projections/flags/flags-held';
import { refuseUnknown } from '#projections/parties';
import { concerned, concernedBy, foldedForFlags } from '#projections/flags/flags-then';

type Shown = Readonly<Record<string, unknown>>;

export class FlagQuery extends Query<Shown> {
  constructor(
    readonly id: string,
    readonly question?: Question,
  ) {
    super();
  }
}

export class FlagsQuery extends Query<Shown> {
  constructor(
    readonly asked: HeldAsked,
    readonly limit: number,
    readonly question?: Question,
  ) {
    super();
  }
}

@QueryHandler(FlagQuery)
export class FlagQueryHandler implements IQueryHandler<FlagQuery> {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(STORE) private readonly store: EventStore,
  ) {}

  async execute({ id, question }: FlagQuery): Promise<Shown> {
    const now = await flagOf(this.views.reader, id);
    const subjects = concernedBy(now ? [now] : []);
    const reader = await readerFor(this.views, this.store, subjects, question, foldedForFlags);
    const flag = await flagOf(reader, id);
    if (flag) return shownRow(flag);
    throw new Problem(404, 'unknown-flag', `there is no flag ${id}`);
  }
}

@QueryHandler(FlagsQuery)
export class FlagsQueryHandler implements IQueryHandler<FlagsQuery> {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(STORE) private readonly store: EventStore,
  ) {}

  async execute({ asked, limit, question }: FlagsQuery): Promise<Shown> {
    const { party, owner, custodian } = asked;
    await refuseUnknown(this.views.reader, { party, owner, custodian });
    const reader = question ? await this.readerThen(asked, question) : this.views.reader;
    const found = await flagsHeldBy(reader, asked, limit);
    return { flags: shownRows(found), next: flagPlaceOf(found, limit) };
  }

  /** Flags follow from events of many streams: of another time they are told of one thing. */
  private async readerThen({ stream }: FlagsAsked, question: Question): Promise<ViewReader> {
    if (stream === undefined) {
      const message = 'is needed with valid-at and known-at';
      throw new Problem(422, 'stream-needed', `stream ${message}`, [{ field: 'stream', message }]);
    }
    const subjects = await concerned(this.views.reader, stream);
    return readerFor(this.views, this.store, subjects, question, foldedForFlags);
  }
}
