import type { Command } from 'commander';
import { hash } from 'node:crypto';
import { dayOf } from '#apps/cli/as-known';
import { reading, today } from '#apps/cli/data-place';
import { Failure, usage } from '#apps/cli/failure';
import { textOf } from '#apps/cli/files';
import { operate } from '#apps/cli/party-acts';
import type { ActOptions } from '#apps/cli/party-acts';
import { json } from '#apps/cli/show/json';
import type { CommonOptions, PlaceOptions, Surroundings } from '#apps/cli/verb';
import { group, verb, withPlace, withRemote } from '#apps/cli/verb';
import { stateOn } from '#libs/rulebook/rule';
import { ruleBook } from '#libs/rulebook/rule-book';
import { nameOf } from '#libs/rulebook/adoption';
import { oddities } from '#libs/rulebook/faults';
import { readRuleFile } from '#libs/rulebook/rule-file';
import { changesBetween } from '#libs/rulebook/rules-used';
import { canonicalJson } from '#libs/signing/canonical-json';
import { repeatedMember } from '#libs/signing/json-text';
import { rulesOf, versionsOf } from '#projections/rulebooks';
import type { RulesFound, RulesVersion, WhichRules } from '#projections/rulebooks';

export function rulesVerb(surroundings: Surroundings): Command {
  return group('rules', 'the rules the ledger judges by, and judged by', 'rules list')
    .addCommand(list(surroundings))
    .addCommand(show(surroundings))
    .addCommand(diff(surroundings))
    .addCommand(adopt(surroundings));
}

type Dated = PlaceOptions & Readonly<{ on?: string }>;

const onOption = ['--on <day>', 'those the ledger judged by on that day, YYYY-MM-DD'] as const;

function which({ rules, on }: Readonly<{ rules?: string; on?: string }>): WhichRules {
  if (rules !== undefined && on !== undefined) {
    throw usage('--rules names a version, --on those of a day: one of the two');
  }
  return rules !== undefined
    ? { version: rules }
    : on !== undefined
      ? { on: dayOf('--on', on) }
      : {};
}

function list({ config, terminal }: Surroundings): Command {
  const command = verb(
    'list',
    'one line for each jurisdiction and, once any was adopted, for each of its versions',
    'rules list --on 2026-11-01',
  );
  return withPlace(command.option(...onOption), config).action((options: Dated) =>
    reading(options, terminal, async ({ views }) => {
      const found: (readonly [RulesFound, readonly RulesVersion[]])[] = [];
      for (const { id } of ruleBook().jurisdictions) {
        const asked = which(options);
        found.push([await rulesOf(views, id, asked), await versionsOf(views, id, asked)]);
      }
      if (options.json) {
        return terminal.data(
          json(found.map(([rules, versions]) => ({ ...inShort(rules), versions }))),
        );
      }
      for (const [rules, versions] of found) {
        terminal.say(line(rules));
        if (versions.length > 1) for (const each of versions) terminal.say(versionLine(each));
      }
    }),
  );
}

function inShort({ jurisdiction: { id, name, knownThrough }, version, adoption }: RulesFound) {
  const { sha256 = null, adopted_on: adoptedOn = null, by = null } = adoption ?? {};
  return { jurisdiction: id, name, version, knownThrough, sha256, adoptedOn, by };
}

function line({ jurisdiction, version, adoption }: RulesFound): string {
  const { id, name, knownThrough, rules } = jurisdiction;
  const since = adoption
    ? `adopted by ${adoption.by}, in use from ${adoption.adopted_on}, ${adoption.sha256}`
    : 'of this build, not adopted';
  return `${id.padEnd(4)}  ${version}  ${rules.length} records, law known through ${knownThrough}  ${since}  ${name}`;
}

/** `      2026.2  law known through 2026-08-30, adopted by registry on 2026-09-01, in use  ab…` */
function versionLine({ version, knownThrough, adoptedOn, by, sha256, inUse }: RulesVersion) {
  const how = adoptedOn === null ? 'of this build' : `adopted by ${by} on ${adoptedOn}`;
  const used = inUse ? ', in use' : '';
  const which = sha256 === null ? '' : `  ${sha256}`;
  return `      ${version}  law known through ${knownThrough}, ${how}${used}${which}`;
}

type Shown = Dated & Readonly<{ rules?: string }>;

function show({ config, terminal }: Surroundings): Command {
  const command = verb(
    'show <jurisdiction>',
    'every record, its days and where it stands today; --json gives the file',
    'rules show EU',
  )
    .option('--rules <version>', 'of that version (default: the one in use)')
    .option(...onOption);
  return withPlace(command, config).action((code: string, options: Shown) =>
    reading(options, terminal, async ({ views }) => {
      const found = await rulesOf(views, known(code), which(options));
      if (options.json) return terminal.data(json(found.jurisdiction));
      terminal.say(line(found));
      const day = options.on ?? today();
      for (const rule of found.jurisdiction.rules) {
        const { id, effectiveFrom, effectiveTo, citation, summary } = rule;
        const days = `${effectiveFrom ?? '…'} to ${effectiveTo ?? '…'}`;
        const standing = stateOn(rule, day) ?? 'not yet public';
        terminal.say(`  ${id}  ${days}  ${standing}  ${citation}: ${summary}`);
      }
    }),
  );
}

function diff({ config, terminal }: Surroundings): Command {
  const command = verb(
    'diff <jurisdiction> <from> <to>',
    'what changed from one version to another, record by record',
    'rules diff EU 2026.1 2026.2',
  );
  return withPlace(command, config).action(
    (code: string, from: string, to: string, options: PlaceOptions) =>
      reading(options, terminal, async ({ views }) => {
        const before = await rulesOf(views, known(code), { version: from });
        const after = await rulesOf(views, known(code), { version: to });
        const changes = changesBetween(before.jurisdiction, after.jurisdiction);
        if (options.json) return terminal.data(json(changes));
        if (changes.length === 0) terminal.say(`${from} and ${to} have the same records`);
        for (const { change, id, effectiveFrom, citation, fields } of changes) {
          const what = fields.length === 0 ? '' : `: ${fields.join(', ')}`;
          terminal.say(
            `${change.padEnd(7)}  ${id} from ${effectiveFrom ?? '…'}  ${citation}${what}`,
          );
        }
      }),
  );
}

type Adoption = ActOptions & CommonOptions & Readonly<{ rules?: string }>;

function adopt({ config, terminal }: Surroundings): Command {
  const command = verb(
    'adopt <file>',
    'judge by the rules of a file from now on, or from a day; what was judged before stands',
    'rules adopt eu.json',
  )
    .option('--rules <version>', 'refused unless it is the name the file bears')
    .option(
      '--since <day>',
      'the day from which the ledger judges by them, today at the latest (default: now)',
    );
  return withRemote(withPlace(command, config)).action(async (file: string, options: Adoption) => {
    const text = await textOf(file);
    const read = readRuleFile(text);
    const { id } = read;
    const { rules, sha256 } = sealed(text);
    const rulebookId = id.toLowerCase();
    const version = options.rules ?? nameOf(rules);
    await operate(options, config, {
      asked: (meta) => ({
        category: 'rulebook',
        id: rulebookId,
        command: { type: 'AdoptRuleBook', rulebookId, version, sha256, rules, meta },
      }),
      path: `/v1/rules/${rulebookId}/adopt-rule-book`,
      body: { version, rules },
    });
    const warnings = oddities(read);
    for (const { rule, fault } of warnings) terminal.note(`warning: ${rule}: ${fault}`);
    if (options.json) return terminal.data(json({ jurisdiction: id, version, sha256, warnings }));
    terminal.say(`adopted version ${version} of the rules of ${id}, ${sha256}`);
    return undefined;
  });
}

/** The file and its hash. Refuses what a parser passes over, or RFC 8785 has no bytes for. */
function sealed(text: string) {
  const repeated = repeatedMember(text);
  if (repeated !== undefined) {
    throw new Failure('bad-rule-file', `${repeated} stands twice in one object`);
  }
  const rules = JSON.parse(text) as Readonly<Record<string, unknown>>;
  try {
    return { rules, sha256: hash('sha256', canonicalJson(rules)) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Failure('bad-rule-file', error.message);
  }
}

/** Jurisdictions are named in either case. */
function known(text: string): string {
  const ids = ruleBook().jurisdictions.map(({ id }) => id);
  const code = text.toUpperCase();
  if (ids.includes(code)) return code;
  throw usage(`no rules of “${text}”: one of ${ids.join(', ')}`);
}
