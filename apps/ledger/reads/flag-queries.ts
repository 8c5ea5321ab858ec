import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { VIEWS } from '#apps/ledger/parts';
import { Problem } from '#apps/ledger/problem';
import { shownRow, shownRows } from '#apps/ledger/reads/rows';
import type { Views } from '#libs/views/views';
import { flagOf } from '#projections/flags/flag';
import type { HeldAsked } from '#projections/flags/flags-held';
import { flagsHeldBy } from '#projections/flags/flags-held';

type Shown = Readonly<Record<string, unknown>>;

export class FlagQuery extends Query<Shown> {
  constructor(readonly id: string) {
    super();
  }
}

export class FlagsQuery extends Query<Shown> {
  constructor(
    readonly asked: HeldAsked,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(FlagQuery)
export class FlagQueryHandler implements IQueryHandler<FlagQuery> {
  constructor(@Inject(VIEWS) private readonly views: Views) {}

  async execute({ id }: FlagQuery): Promise<Shown> {
    const flag = await flagOf(this.views.reader, id);
    if (flag) return shownRow(flag);
    throw new Problem(404, 'unknown-flag', `there is no flag ${id}`);
  }
}

@QueryHandler(FlagsQuery)
export class FlagsQueryHandler implements IQueryHandler<FlagsQuery> {
  constructor(@Inject(VIEWS) private readonly views: Views) {}

  async execute({ asked, limit }: FlagsQuery): Promise<Shown> {
    return { flags: shownRows(await flagsHeldBy(this.views.reader, asked, limit)) };
  }
}
