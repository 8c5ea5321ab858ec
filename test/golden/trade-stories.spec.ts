import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '#libs/signing/canonical-json';
import { examineInvariants } from '#libs/laws/invariants';
import { judge } from '#libs/rulebook/judge';
import { stateOn } from '#libs/rulebook/rule';
import { builtInRules } from '#libs/rulebook/rules-used';
import { replay } from '#libs/views/replay';
import { flagsBy } from '#projections/flags/flag-list';
import { flags } from '#projections/flags/flags';
import { cardOf } from '#projections/history/history';
import type { ShownStep } from '#projections/history/told';
import { historyOf } from '#projections/history/told';
import { projections } from '#projections/projections';
import { sanctionsOf } from '#projections/sanctions';
import { told } from '#test/golden/trade-story';
import type { TradeStory } from '#test/golden/trade-story';
import { tradeStories } from '#test/golden/trade-stories';
import { toldOn } from '#test/support/demo-ledger';
import { finishedStore } from '#test/support/recorded';

/** `UPDATE_GOLDEN=1` writes what is recorded; without it nothing is ever written. */
const update = process.env['UPDATE_GOLDEN'] === '1';

describe.each(tradeStories)('$title', (story) => {
  it('is recorded act by act, line by line, verdict by verdict', async () => {
    const file = new URL(`trade/${story.name}.jsonl`, import.meta.url);
    const text = (await linesOf(story)).map((line) => `${line}\n`).join('');
    if (update) writeFileSync(file, text);
    expect(text).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '');
  });

  it('is refused where it says so, nowhere else, and breaks no law of the trade', async () => {
    const { outcomes, events } = await told(story);
    expect(outcomes.map(({ refused }) => refused)).toEqual(
      story.acts.map(({ refused = null }) => refused),
    );
    const { broken, unfinished } = await examineInvariants(finishedStore(events));
    expect({ broken, unfinished }).toEqual({ broken: [], unfinished: 0 });
  });

  it('passes the title on papers that are on record', async () => {
    const { events } = await told(story);
    const views = await replay([flags], events, toldOn);
    expect(await flagsBy(views, { rule: 'title-without-paper' }, 9)).toEqual([]);
  });

  it('marks every step that is not public', async () => {
    const { events } = await told(story);
    const acted = events.filter(({ meta }) => meta.documents !== undefined);
    const bare = acted.filter(({ meta }) =>
      (meta.documents ?? []).every(({ type }) => type !== 'illustrative' && type !== 'press'),
    );
    expect(bare).toEqual([]);
  });
});

async function linesOf(story: TradeStory): Promise<readonly string[]> {
  const { outcomes, events } = await told(story);
  const views = await replay(projections, events, toldOn);
  const lines: unknown[] = [
    ...outcomes,
    ...events.map(({ position, leaf }) => ({ position: String(position), leaf })),
  ];
  for (const subject of story.shown) {
    const steps = await historyOf(views, subject);
    lines.push({ subject, card: (await cardOf(views, subject)) ?? null });
    lines.push(...steps.map(toldIn(subject)));
    for (const { rule, state, finding, closing } of await flagsBy(views, { stream: subject }, 100)) {
      lines.push({ subject, flag: rule, state, finding, closing: closing?.reason ?? null });
    }
    const facts = (await sanctionsOf(views, subject))?.facts;
    for (const day of story.judged?.days ?? []) {
      for (const jurisdiction of story.judged?.jurisdictions ?? []) {
        if (!facts) continue;
        const { outcome, rule, citation, reason, verdict } = judge(facts, jurisdiction, day);
        const said = { subject, jurisdiction, day, outcome, rule, citation, reason };
        const whole = { reasons: verdict.reasons, notInForce: notInForce(jurisdiction, day) };
        lines.push(story.judged?.whole ? { ...said, ...whole } : said);
      }
    }
  }
  return lines.map((line) =>
    canonicalJson(
      JSON.parse(JSON.stringify(line, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))),
    ),
  );
}

/** A step as the golden file has it: its sentence, and what it says besides. */
function toldIn(subject: string) {
  return ({ at, line, details, told_of: as }: ShownStep) => ({
    subject,
    at: at.time,
    line,
    ...(details && { details }),
    ...(as !== 'itself' && { as }),
  });
}

/** Measures that were published and do not apply on the day. */
function notInForce(jurisdiction: string, day: string) {
  return builtInRules(jurisdiction).jurisdiction.rules.flatMap((rule) => {
    const { id, citation, summary } = rule;
    const state = stateOn(rule, day);
    return state === 'announced' || state === 'suspended' ? [{ id, state, citation, summary }] : [];
  });
}
