import { dayOf, questionOf } from '#apps/cli/as-known';
import { circumstancesOf, withCircumstances } from '#apps/cli/circumstances';
import type { CircumstanceOptions } from '#apps/cli/circumstances';
import { reading, today } from '#apps/cli/data-place';
import { Failure, usage } from '#apps/cli/failure';
import { textOf } from '#apps/cli/files';
import { identify } from '#apps/cli/identify';
import { json } from '#apps/cli/show/json';
import { counterpartyLine, judgedIn, notAdvice } from '#apps/cli/show/verdict';
import type { Paint } from '#apps/cli/terminal';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { verb, withPlace, withQuestion } from '#apps/cli/verb';
import { idOf } from '#events/streams';
import type { Obstacle } from '#libs/rulebook/preflight';
import { viewsAt, withCargo } from '#libs/views/as-known';
import { destinations, preflightOf } from '#projections/preflight';
import type { Shipped } from '#projections/preflight';
import { ofSingleThings } from '#projections/projections';
import { rulesKnownAt } from '#projections/rulebooks';

type Options = PlaceOptions &
  CircumstanceOptions &
  Readonly<{ to: string; on?: string; validAt?: string; knownAt?: string }>;

const mostGoods = 10_000;

export function preflightVerb({ config, terminal }: Surroundings) {
  const command = verb(
    'preflight <goods...>',
    'before shipping: what keeps goods back, and which paper and article each gap needs',
    'preflight new-sun --to US --on 2026-09-01',
    'preflight parcel-list.txt --to EU',
  )
    .requiredOption('--to <destination>', `one of ${destinations.join(', ')}`)
    .option(
      '--on <day>',
      'the day of import, YYYY-MM-DD (default: --valid-at, else today by its own clock)',
    );
  const asking = withQuestion(withPlace(withCircumstances(command), config));
  return asking.action(async (texts: readonly string[], options: Options) => {
    const to = options.to.toUpperCase();
    if (!destinations.includes(to)) {
      throw usage(`no rules of “${options.to}”: one of ${destinations.join(', ')}`);
    }
    const question = questionOf(options);
    const said = options.on === undefined ? question?.validAt : dayOf('--on', options.on);
    const on = said ?? new Date().toISOString();
    const asked = circumstancesOf(options);
    const wanted = (await Promise.all(texts.map(goodsIn))).flat();
    if (wanted.length > mostGoods) throw usage(`more than ${mostGoods} goods at once`);
    const found = await reading(
      options,
      terminal,
      async ({ store, views }) => {
        const named = new Set<string>();
        for (const text of new Set(wanted)) named.add(await identify(views, text));
        const subjects = [...named];
        const reader = question
          ? await viewsAt(
              store,
              ofSingleThings,
              await withCargo(store, subjects),
              question,
              today(),
            )
          : views;
        const rules = { rules: rulesKnownAt(question?.knownAt), rulesIn: views };
        return preflightOf(reader, subjects, to, on, { ...asked, ...rules });
      },
      question,
    );
    const barred = found.counterparties.some(({ outcome }) => outcome === 'PROHIBITED');
    if (!found.ready || barred) process.exitCode = 1;
    if (options.json)
      return terminal.data(json({ to, circumstances: asked.circumstances, ...found }));
    for (const line of linesOf(to, found, terminal.paint)) terminal.say(line);
    return undefined;
  });
}

/** An identifier, or the identifiers in a file: one a line, the first column of a list. */
async function goodsIn(text: string): Promise<readonly string[]> {
  if (!/\.(?:txt|csv)$/i.test(text)) return [text];
  const content = await textOf(text);
  const ids = content.split(/\r?\n/).map((line) => (line.split(/[,;\t]/)[0] ?? '').trim());
  const named = ids.filter((id) => id !== '' && !id.startsWith('#'));
  if (named.length === 0) throw new Failure('no-goods', `${text} names no goods`);
  return named;
}

function linesOf(to: string, found: Shipped, paint: Paint): readonly string[] {
  const days = [...new Set(Object.values(found.days))].join(', ');
  const kept = found.items.filter(({ obstacles }) => obstacles.length > 0).length;
  const state = found.ready
    ? `ready, ${found.outcome}`
    : `${kept} of ${found.items.length} kept back, ${found.outcome}`;
  return [
    `To ${to} on ${days}: ${state}`,
    ...found.items.flatMap(({ id, setIn, outcome, obstacles }) => [
      `${idOf(id)}: ${outcome}`,
      ...(setIn === null ? [] : [`  ${judgedIn(setIn)}`]),
      ...obstacles.map(obstacleLine),
    ]),
    ...found.counterparties.map(
      (each) => `Counterparty: ${counterpartyLine(each, { [each.party]: each.name }, paint)}`,
    ),
    ...(found.staleRisk ? ['The day lies after what is known of this law.'] : []),
    ...found.notChecked.map((text) => `Not checked: ${text}`),
    notAdvice,
  ];
}

function obstacleLine({ outcome, rule, citation, text, papers, facts }: Obstacle): string {
  const ways = papers.map((way) => way.join(' and ')).join(', or ');
  const needs = ways === '' ? '' : `; needs ${ways}`;
  const lacks = facts.length === 0 ? '' : `; not known: ${facts.join(', ')}`;
  return `  ${outcome}  ${rule}, ${citation}: ${text}${needs}${lacks}`;
}
