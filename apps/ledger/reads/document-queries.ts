import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '#apps/ledger/credentials';
import { rolesOn } from '#apps/ledger/credentials';
import { PROJECTING, STORE, VIEWS } from '#apps/ledger/parts';
import { Problem } from '#apps/ledger/problem';
import { readerFor } from '#apps/ledger/reads/as-known';
import type { Projecting } from '#apps/ledger/projecting';
import type { DocumentData, DocumentKind } from '#libs/documents/document';
import { standsOn } from '#libs/documents/document';
import type { EventsOf } from '#libs/documents/gather';
import { goodsFile, letterheadOf } from '#libs/documents/gather';
import type { GoodsFile } from '#libs/documents/goods-file';
import { documentOf, usualIssuer } from '#libs/documents/make';
import { streamOf } from '#libs/ledger/ledger-command';
import type { EventStore } from '#libs/store/store';
import type { Question } from '#libs/views/as-known';
import { eventsAt } from '#libs/views/as-known';
import type { ViewReader, Views } from '#libs/views/views';
import type { ItemDossier } from '#projections/dossier';
import { dossierOf, itemDossierOf } from '#projections/dossier';
import { factsOf } from '#projections/way/facts';
import { rulesKnownAt, rulesOfAll } from '#projections/rulebooks';

/** What a document is asked of; `ids` are of one category. */
export type Asked = Readonly<{
  kind: DocumentKind;
  category: 'stone' | 'parcel' | 'jewellery';
  ids: readonly string[];
  issuer: string | undefined;
  number: string | undefined;
  /** `YYYY-MM-DD`. */
  on: string;
  question: Question | undefined;
  caller: Caller | undefined;
}>;

export class DocumentQuery extends Query<DocumentData> {
  constructor(readonly asked: Asked) {
    super();
  }
}

@QueryHandler(DocumentQuery)
export class DocumentQueryHandler implements IQueryHandler<DocumentQuery> {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(STORE) private readonly store: EventStore,
    @Inject(PROJECTING) private readonly projecting: Projecting,
  ) {}

  async execute({ asked }: DocumentQuery): Promise<DocumentData> {
    const { kind, category, ids, issuer, number, on, question, caller } = asked;
    const subjects = ids.map((id) => streamOf({ category, id }));
    const reader = await readerFor(this.views, this.store, subjects, question);
    const eventsOf = (stream: string) => this.eventsOf(stream, question);
    const reached = this.projecting.reached() ?? 0n;
    const goods: GoodsFile[] = [];
    const items: ItemDossier[] = [];
    for (const id of ids) {
      const subject = streamOf({ category, id });
      const found =
        category === 'jewellery'
          ? await itemDossierOf(reader, subject)
          : await goodsIn(reader, subject, eventsOf);
      if (!found) throw new Problem(404, `unknown-${category}`, `there is no ${category} ${id}`);
      if ('item' in found) items.push(found);
      else goods.push(found);
    }
    const by = issuer ?? usualIssuer(kind, goods, items, number);
    if (by !== null) needSpeaker(by, caller);
    const newest = goods.flatMap(({ steps }) => steps.map(({ position }) => position));
    return documentOf({
      kind,
      goods,
      items,
      number,
      letterhead: await letterheadOf(by, on, eventsOf),
      standing: {
        ledger: this.store.ledger,
        ...standsOn(
          newest.reduce((a, b) => (a < b ? b : a), reached),
          question,
        ),
        on,
      },
      rules: await rulesOfAll(this.views.reader, rulesKnownAt(question?.knownAt)),
    });
  }

  private eventsOf(stream: string, question: Question | undefined) {
    return eventsAt(this.store, stream, question);
  }
}

async function goodsIn(
  reader: ViewReader,
  subject: string,
  eventsOf: EventsOf,
): Promise<GoodsFile | undefined> {
  const dossier = await dossierOf(reader, subject);
  if (!dossier) return undefined;
  const way = dossier.sanctions?.way;
  const factsFor = way ? (where: string) => factsOf(way, where) : null;
  return goodsFile({ ...dossier, factsFor }, eventsOf);
}

/** A letterhead is put over a document by the party itself, or for it by an operator. */
function needSpeaker(party: string, caller: Caller | undefined): void {
  if (!caller) throw new Problem(401, 'key-needed', 'a letterhead needs the API key of its party');
  const now = { time: new Date().toISOString(), precision: 'instant' } as const;
  if (caller.party === party || rolesOn(caller, now).includes('operator')) return;
  throw new Problem(403, 'not-your-act', `${caller.party} does not speak for ${party}`, [
    { field: 'issuer', message: `is ${party}, not the party of the key` },
  ]);
}
