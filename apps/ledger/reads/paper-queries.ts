import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { STORE, VIEWS } from '#apps/ledger/parts';
import { Problem } from '#apps/ledger/problem';
import { readerFor, today } from '#apps/ledger/reads/as-known';
import type { Listed } from '#projections/page-at';
import { pageAt } from '#projections/page-at';
import { shownRow, shownRows, shownSteps } from '#apps/ledger/reads/rows';
import type { Category } from '#events/streams';
import { streamOf } from '#libs/ledger/ledger-command';
import type { EventStore } from '#libs/store/store';
import type { Question } from '#libs/views/as-known';
import { listedAt } from '#libs/views/as-known';
import type { Projection, ViewReader, Views } from '#libs/views/views';
import type { CertificateRow } from '#projections/certificates';
import { certificateOf, certificates, certificatesBy, standingOn } from '#projections/certificates';
import { custodyChain } from '#projections/custody';
import { historyOf } from '#projections/history/told';
import { itemOf } from '#projections/jewellery';
import { refuseUnknown } from '#projections/parties';
import { reportOf } from '#projections/reports';
import { bearingOf } from '#projections/setting';
import { shipmentOf, shipments, shipmentsBy } from '#projections/shipments';
import { titleChain } from '#projections/title';

type Shown = Readonly<Record<string, unknown>>;

/** Papers, shipments and jewellery: what is neither stone, parcel nor party. */
export type PaperCategory = Extract<Category, 'certificate' | 'shipment' | 'report' | 'jewellery'>;

export class PaperQuery extends Query<Shown> {
  constructor(
    readonly category: PaperCategory,
    readonly id: string,
    readonly about: 'state' | 'history',
    /** `YYYY-MM-DD`: expiry is the calendar's. */
    readonly on: string,
    readonly question?: Question,
  ) {
    super();
  }
}

export class PapersQuery extends Query<Shown> {
  constructor(
    readonly category: 'certificate' | 'shipment',
    readonly where: Readonly<Record<string, string>>,
    readonly limit: number,
    readonly on: string,
    readonly question?: Question,
    /** Where the page before ended. */
    readonly after?: string,
  ) {
    super();
  }
}

@QueryHandler(PaperQuery)
export class PaperQueryHandler implements IQueryHandler<PaperQuery> {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(STORE) private readonly store: EventStore,
  ) {}

  async execute(query: PaperQuery): Promise<Shown> {
    const { category, id, about, question } = query;
    const reader = await readerFor(this.views, this.store, streamOf({ category, id }), question);
    const shown = await this[about](query, reader);
    if (shown) return { category, ...shown };
    throw new Problem(404, `unknown-${category}`, `there is no ${category} ${id}`);
  }

  private async state(
    { category, id, on }: PaperQuery,
    reader: ViewReader,
  ): Promise<Shown | undefined> {
    switch (category) {
      case 'certificate': {
        const row = await certificateOf(reader, id);
        return row && shownCertificate(row, on);
      }
      case 'shipment': {
        const row = await shipmentOf(reader, id);
        return row && shownRow(row, ['breached', 'quarantined']);
      }
      case 'report': {
        const row = await reportOf(reader, id);
        return row && shownRow(row, ['in_house']);
      }
      case 'jewellery': {
        const row = await itemOf(reader, id);
        return row && { ...shownRow(row), ...(await holders(reader, streamOf({ category, id }))) };
      }
    }
  }

  private async history(
    { category, id }: PaperQuery,
    reader: ViewReader,
  ): Promise<Shown | undefined> {
    const subject = streamOf({ category, id });
    const steps = await historyOf(reader, subject);
    if (steps.length === 0) return undefined;
    const told = { id, steps: shownSteps(steps) };
    if (category !== 'jewellery') return told;
    return {
      ...told,
      custody: shownRows(await custodyChain(reader, subject)),
      title: shownRows(await titleChain(reader, subject)),
    };
  }
}

@QueryHandler(PapersQuery)
export class PapersQueryHandler implements IQueryHandler<PapersQuery> {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(STORE) private readonly store: EventStore,
  ) {}

  async execute(query: PapersQuery): Promise<Shown> {
    const { category, where, limit, on, question, after } = query;
    const { reader } = this.views;
    const { consignor, consignee } = where;
    await refuseUnknown(reader, { consignor, consignee });
    if (question) return this.pageThen(query, question);
    if (category === 'certificate') {
      const found = await certificatesBy(reader, where, limit, after);
      const next = nextOf(found, limit);
      return { certificates: found.map((row) => shownCertificate(row, on)), next };
    }
    const found = await shipmentsBy(reader, where, limit, after);
    const next = nextOf(found, limit);
    return { shipments: shownRows(found, ['breached', 'quarantined']), next };
  }

  private async pageThen(query: PapersQuery, question: Question): Promise<Shown> {
    const { category, where, limit, on, after } = query;
    const isWanted = (row: object) =>
      Object.entries(where).every(([name, value]) => Reflect.get(row, name) === value);
    if (category === 'certificate') {
      const listed = this.listed(category, [certificates], question, certificatesBy, certificateOf);
      const { rows, next } = await pageAt(listed, isWanted, limit, after);
      return { certificates: rows.map((row) => shownCertificate(row, on)), next };
    }
    const listed = this.listed(category, [shipments], question, shipmentsBy, shipmentOf);
    const { rows, next } = await pageAt(listed, isWanted, limit, after);
    return { shipments: shownRows(rows, ['breached', 'quarantined']), next };
  }

  private listed<Row extends Readonly<{ id: string }>>(
    category: PapersQuery['category'],
    folded: readonly Projection[],
    question: Question,
    rowsBy: (
      reader: ViewReader,
      where: object,
      limit: number,
      before?: string,
    ) => Promise<readonly Row[]>,
    rowOf: Listed<Row>['rowOf'],
  ): Listed<Row> {
    return {
      below: (id, limit) => rowsBy(this.views.reader, {}, limit, id),
      readerFor: (ids) => {
        const subjects = ids.map((id) => streamOf({ category, id }));
        return listedAt(this.store, folded, subjects, question, today());
      },
      rowOf,
    };
  }
}

/** Where the next page goes on; null after one that is not full. */
function nextOf(found: readonly Readonly<{ id: string }>[], limit: number): string | null {
  return found.length < limit ? null : (found.at(-1)?.id ?? null);
}

function shownCertificate(row: CertificateRow, on: string): Shown {
  return { ...shownRow(row), on, standing: standingOn(row, on) };
}

async function holders(reader: ViewReader, subject: string): Promise<Shown> {
  const { custody, title, bonds } = await bearingOf(reader, subject);
  return {
    bonds,
    custody: custody ? shownRow(custody, ['consumed']) : null,
    title: title ? shownRow(title, ['consumed']) : null,
  };
}
