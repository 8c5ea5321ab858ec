import { questionOf } from '#apps/cli/as-known';
import { reading, today } from '#apps/cli/data-place';
import { usage } from '#apps/cli/failure';
import { identify } from '#apps/cli/identify';
import { json } from '#apps/cli/show/json';
import { shownWhen } from '#libs/documents/words';
import type { Terminal } from '#apps/cli/terminal';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { verb, withPlace, withQuestion } from '#apps/cli/verb';
import { viewsAt } from '#libs/views/as-known';
import type { Flag } from '#projections/flags/flag';
import type { FlagsAsked } from '#projections/flags/flag-list';
import { flagPlaceForm, flagPlaceOf } from '#projections/flags/flag-list';
import { flagsHeldBy } from '#projections/flags/flags-held';
import { concerned, foldedForFlags } from '#projections/flags/flags-then';
import { refuseUnknown } from '#projections/parties';
import { flagRuleNames } from '#projections/flags/rules';

type Options = PlaceOptions &
  Readonly<{
    rule?: string;
    state: string;
    of?: string;
    party?: string;
    owner?: string;
    custodian?: string;
    limit: string;
    after?: string;
    validAt?: string;
    knownAt?: string;
  }>;

const states = ['open', 'closed', 'all'] as const;
const most = 10_000;

export function flagsVerb({ config, terminal }: Surroundings) {
  const command = verb(
    'flags',
    'what looks wrong over the whole ledger, by which rule and which events, the newest first',
    'flags',
    'flags --rule impossible-journey --of new-sun --state all --json',
  )
    .option('--rule <rule>', `one of ${flagRuleNames.join(', ')}`)
    .option('--state <state>', states.join(', '), 'open')
    .option('--of <id>', 'of this stone, parcel, paper or shipment, by any of its identifiers')
    .option('--party <id>', 'resting on what this party stated')
    .option('--owner <id>', 'on goods that this party owns')
    .option('--custodian <id>', 'on goods that this party has in its hands')
    .option('--limit <n>', 'how many at most', '100')
    .option('--after <place>', 'go on where it ended');
  return withQuestion(withPlace(command, config)).action(async (options: Options) => {
    const question = questionOf(options);
    const { party, owner, custodian, of } = options;
    const asked = {
      ...askedIn(options),
      ...(party !== undefined && { party }),
      ...(owner !== undefined && { owner }),
      ...(custodian !== undefined && { custodian }),
    };
    const limit = limitOf(options.limit);
    if (question && of === undefined) {
      throw usage('flags of another time are told of one thing: name it with --of');
    }
    await reading(
      options,
      terminal,
      async ({ store, views }) => {
        await refuseUnknown(views, { party, owner, custodian });
        const stream = of === undefined ? undefined : await identify(views, of);
        const reader =
          question && stream !== undefined
            ? await viewsAt(
                store,
                foldedForFlags,
                await concerned(views, stream),
                question,
                today(),
              )
            : views;
        const found = await flagsHeldBy(reader, { ...asked, ...(stream && { stream }) }, limit);
        const next = flagPlaceOf(found, limit);
        if (next !== null) terminal.note(`there may be more: --after ${next}`);
        if (options.json) return terminal.data(json(found));
        if (found.length === 0) terminal.note('no such flag');
        for (const flag of found) tell(terminal, flag);
      },
      question,
    );
  });
}

function askedIn({ rule, state, after }: Options): FlagsAsked {
  const wanted = flagRuleNames.find((each) => each === rule);
  if (rule !== undefined && wanted === undefined) throw usage(`“${rule}” is no rule of flags`);
  const known = states.find((each) => each === state);
  if (known === undefined) throw usage(`--state takes ${states.join(', ')}, not “${state}”`);
  if (after !== undefined && !flagPlaceForm.test(after)) {
    throw usage(`--after takes what the verb told before, not “${after}”`);
  }
  return {
    ...(wanted && { rule: wanted }),
    ...(known !== 'all' && { state: known }),
    ...(after !== undefined && { after }),
  };
}

function limitOf(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= most) return Number(text);
  throw usage(`--limit takes a number from 1 to ${most}, not “${text}”`);
}

function tell({ say, paint }: Terminal, { id, rule, subject, finding, events, closing }: Flag) {
  const at = events.map(({ stream, position }) => `${position} ${stream}`).join(', ');
  say(`${paint(closing ? 'dim' : 'red', rule)}  ${subject}: ${finding}`);
  say(`  events ${at}`);
  say(`  id     ${id}`);
  if (!closing) return;
  say(`  closed by ${closing.by} ${shownWhen(closing.at)}, ${closing.outcome}: ${closing.reason}`);
}
