import { dayOf, questionOf } from '#apps/cli/as-known';
import { ofSingleThings } from '#projections/projections';
import { eventsAt, viewsAt, withCargo } from '#libs/views/as-known';
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
import { letterheadOf, withEvents } from '#libs/documents/gather';
import type { GoodsFile, ItemFile } from '#libs/documents/goods-file';
import { checkAsked, documentOf, usualIssuer } from '#libs/documents/make';
import { pdfOf } from '#libs/documents/pdf';
import { goodsSaid } from '#projections/dossier';
import { rulesKnownAt, rulesOfAll } from '#projections/rulebooks';
import { goodsWithin } from '#projections/shipments';

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
    'document us-self-certification shipment-kgk-2025-04 -o entry.pdf',
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
  const eventsOf = (stream: string) => eventsAt(store, stream, question);
  const subjects: string[] = [];
  for (const id of ids) subjects.push(await identify(views, id));
  checkAsked(kind, subjects);
  const asked = question
    ? await viewsAt(store, ofSingleThings, await withCargo(store, subjects), question, today())
    : views;
  const goods: (GoodsFile | ItemFile)[] = [];
  for (const subject of subjects) {
    for (const each of (await goodsWithin(asked, subject)) ?? [subject]) {
      const said = await goodsSaid(asked, each);
      if (!said) {
        throw new Failure('not-yet', `${idOf(each)} was not there, or not known, at that time`);
      }
      goods.push(await withEvents(said, eventsOf));
    }
  }
  const by = issuer ?? usualIssuer(kind, goods, number);
  return documentOf({
    kind,
    goods,
    number,
    issuer: by,
    letterhead: await letterheadOf(by, on, eventsOf),
    standing: {
      ledger: ledgerName,
      ...standsOn(position, question),
      on,
    },
    rules: await rulesOfAll(views, rulesKnownAt(question?.knownAt)),
  });
}
