import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { parseStream } from '#events/streams';
import type { Caller } from '#apps/ledger/credentials';
import { rolesOn } from '#apps/ledger/credentials';
import { PROJECTING, STORE, VIEWS } from '#apps/ledger/parts';
import { Problem } from '#apps/ledger/problem';
import { readerFor } from '#apps/ledger/reads/as-known';
import type { Projecting } from '#apps/ledger/projecting';
import type { DocumentData, DocumentKind } from '#libs/documents/document';
import { standsOn } from '#libs/documents/document';
import { letterheadOf, withEvents } from '#libs/documents/gather';
import type { GoodsFile, ItemFile } from '#libs/documents/goods-file';
import { checkAsked, documentOf, usualIssuer } from '#libs/documents/make';
import type { EventStore } from '#libs/store/store';
import type { Question } from '#libs/views/as-known';
import { eventsAt, withCargo } from '#libs/views/as-known';
import type { Views } from '#libs/views/views';
import { goodsSaid } from '#projections/dossier';
import { rulesKnownAt, rulesOfAll } from '#projections/rulebooks';
import { goodsWithin } from '#projections/shipments';

/** What a document is asked of: streams, of goods or of shipments for all they carry. */
export type Asked = Readonly<{
  kind: DocumentKind;
  subjects: readonly string[];
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
    const { kind, subjects, issuer, number, on, question, caller } = asked;
    checkAsked(kind, subjects);
    const cargo = await withCargo(this.store, subjects);
    const reader = await readerFor(this.views, this.store, cargo, question);
    const eventsOf = (stream: string) => eventsAt(this.store, stream, question);
    const reached = this.projecting.reached() ?? 0n;
    const goods: (GoodsFile | ItemFile)[] = [];
    for (const [n, subject] of subjects.entries()) {
      for (const each of (await goodsWithin(reader, subject)) ?? [subject]) {
        const said = await goodsSaid(reader, each);
        if (!said) throw unknown(each, n > 0);
        goods.push(await withEvents(said, eventsOf));
      }
    }
    const by = issuer ?? usualIssuer(kind, goods, number);
    if (by !== null) needSpeaker(by, caller);
    const newest = goods.flatMap(({ steps }) => steps.map(({ position }) => position));
    return documentOf({
      kind,
      goods,
      number,
      issuer: by,
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
}

/** What the path names is not there; what the query names besides is a fault of the query. */
function unknown(subject: string, isNamedBesides: boolean): Problem {
  const { category, id = subject } = parseStream(subject) ?? {};
  const isOther = category === 'parcel' || category === 'jewellery' || category === 'shipment';
  const code = isOther ? (`unknown-${category}` as const) : 'unknown-stone';
  const message = `there is no ${code.slice('unknown-'.length)} ${id}`;
  const fault = isNamedBesides ? [{ field: 'also', message }] : [];
  return new Problem(isNamedBesides ? 422 : 404, code, message, fault);
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
