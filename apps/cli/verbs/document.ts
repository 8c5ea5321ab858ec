import { dayOf, questionOf } from '#apps/cli/as-known';
import { ofSingleThings } from '#projections/projections';
import { eventsAt, viewsAt } from '#libs/views/as-known';
import type { Question } from '#libs/views/as-known';
import type { Reading } from '#apps/cli/data-place';
import { reading, today } from '#apps/cli/data-place';
import { Failure, usage } from '#apps/cli/failure';
import { writeWhole } from '#apps/cli/files';
import { identify } from '#apps/cli/identify';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { verb, withPlace, withQuestion } from '#apps/cli/verb';
import { idOf } from '#events/streams';
import type { DocumentKind } from '#libs/documents/document';
import { documentKinds, jsonOf, standsOn } from '#libs/documents/document';
import { goodsFile, letterheadOf } from '#libs/documents/gather';
import type { GoodsFile } from '#libs/documents/goods-file';
import { documentOf, usualIssuer } from '#libs/documents/make';
import { pdfOf } from '#libs/documents/pdf';
import type { ItemDossier } from '#projections/dossier';
import { dossierOf, itemDossierOf } from '#projections/dossier';
import { factsOf } from '#projections/way/facts';
import { rulesKnownAt, rulesOfAll } from '#projections/rulebooks';

type Options = PlaceOptions &
  Readonly<{
    output?: string;
    issuer?: string;
    number?: string;
    on?: string;
    validAt?: string;
    knownAt?: string;
  }>;

export function documentVerb({ config, terminal }: Surroundings) {
  const command = verb(
    'document <kind> <id...>',
    `print a paper about goods as PDF, or as the same data in JSON: ${documentKinds.join(', ')}`,
    'document history-report new-sun -o new-sun.pdf',
    'document us-self-certification dawn.1 dawn.2 --issuer nyc-imports -o entry.pdf',
    'document warranty-statement dawn.1 --number INV-7 --json',
  )
    .option('-o, --output <file>', 'the PDF to write')
    .option('--issuer <party>', 'whose letterhead it bears (default: the owner, or the seller)')
    .option(
      '--number <no>',
      'of the invoice or memo whose warranty is wanted (default: the newest)',
    )
    .option('--on <day>', 'the day it is made out for, YYYY-MM-DD (default: today, or --valid-at)');
  return withQuestion(withPlace(command, config)).action(
    async (kind: string, ids: readonly string[], options: Options) => {
      const wanted = documentKinds.find((each) => each === kind);
      if (!wanted) throw usage(`there is no document ${kind}: one of ${documentKinds.join(', ')}`);
      if (options.output === undefined && !options.json) {
        throw usage('name a file with -o, or ask for --json');
      }
      const question = questionOf(options);
      const document = await reading(
        options,
        terminal,
        (read) => made(wanted, ids, options, question, read),
        question,
      );
      if (options.output !== undefined) {
        const bytes = await pdfOf(document);
        writeWhole(options.output, bytes);
        terminal.note(`wrote ${document.title} to ${options.output}, ${bytes.length} bytes`);
      }
      if (options.json) terminal.data(jsonOf(document));
    },
  );
}

async function made(
  kind: DocumentKind,
  ids: readonly string[],
  { issuer, number, ledgerName, ...options }: Options,
  question: Question | undefined,
  { store, views, position }: Reading,
) {
  const on = dayOf('--on', options.on ?? question?.validAt ?? today());
  const goods: GoodsFile[] = [];
  const items: ItemDossier[] = [];
  const eventsOf = (stream: string) => eventsAt(store, stream, question);
  const subjects: string[] = [];
  for (const id of ids) subjects.push(await identify(views, id));
  const asked = question
    ? await viewsAt(store, ofSingleThings, subjects, question, today())
    : views;
  for (const subject of subjects) {
    const item = await itemDossierOf(asked, subject);
    const dossier = item ? undefined : await dossierOf(asked, subject);
    if (item) items.push(item);
    if (!item && !dossier) {
      throw new Failure('not-yet', `${idOf(subject)} was not there, or not known, at that time`);
    }
    if (!dossier) continue;
    const way = dossier.sanctions?.way;
    const factsFor = way ? (where: string) => factsOf(way, where) : null;
    goods.push(await goodsFile({ ...dossier, factsFor }, eventsOf));
  }
  const by = issuer ?? usualIssuer(kind, goods, items, number);
  return documentOf({
    kind,
    goods,
    items,
    number,
    letterhead: await letterheadOf(by, on, eventsOf),
    standing: {
      ledger: ledgerName,
      ...standsOn(position, question),
      on,
    },
    rules: await rulesOfAll(views, rulesKnownAt(question?.knownAt)),
  });
}
