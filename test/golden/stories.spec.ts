import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { registrations, rolesOf } from '#apps/cli/demo/parties';
import { stories } from '#apps/cli/demo/stories';
import { commandOf } from '#apps/cli/demo/story';
import type { Story } from '#apps/cli/demo/story';
import { demoText, tell } from '#apps/cli/demo/telling';
import { plain } from '#apps/cli/terminal';
import { stoneStream } from '#events/streams';
import { judge } from '#libs/rulebook/judge';
import { canonicalJson } from '#libs/signing/canonical-json';
import { unseal } from '#libs/store/envelope';
import type { RecordedEvent } from '#libs/store/store';
import { replay } from '#libs/views/replay';
import type { ViewReader } from '#libs/views/views';
import { custodyChain, custodyOf } from '#projections/custody';
import { cardOf } from '#projections/history/history';
import { historyOf } from '#projections/history/told';
import { lineageOf } from '#projections/lineage';
import { originOf } from '#projections/origin';
import { projections } from '#projections/projections';
import { sanctionsOf } from '#projections/sanctions';
import { identifiersOf } from '#projections/search';
import { titleChain, titleOf } from '#projections/title';
import { countedIds, recordedStories, toldOn } from '#test/support/demo-ledger';

/** `UPDATE_GOLDEN=1` writes what is recorded; without it nothing is ever written. */
const update = process.env['UPDATE_GOLDEN'] === '1';
const days = [toldOn, '2024-02-29', '2024-03-01', '2024-09-01'];

describe.each(stories)('the story of $title', (story) => {
  const file = new URL(`${story.notable}.jsonl`, import.meta.url);

  it('is recorded command by command, event by event, view by view', async () => {
    const events = await recordedStories([story]);
    const lines = [...commandsOf(story), ...events.map(eventLine), ...(await viewsOf(story, events))];
    const text = lines.map((line) => `${line}\n`).join('');
    if (update) writeFileSync(file, text);
    expect(text).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '');
  });

  it('gives the recorded views when the recorded leaves are replayed', async () => {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const recorded = lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    const leaves = recorded.filter(({ leaf }) => leaf !== undefined);
    const events = leaves.map(
      ({ leaf, position }) => unseal(String(leaf), BigInt(String(position))) as RecordedEvent,
    );
    expect(await viewsOf(story, events)).toEqual(
      lines.filter((_, n) => recorded[n]?.['view'] !== undefined),
    );
  });
});

it('tells the seven stones byte for byte', async () => {
  const file = new URL('demo.txt', import.meta.url);
  const views = await replay(projections, await recordedStories(stories), toldOn);
  const text = demoText(await tell(views, toldOn), plain)
    .map((line) => `${line}\n`)
    .join('');
  if (update) writeFileSync(file, text);
  expect(text).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '');
});

function commandsOf(story: Story): readonly string[] {
  const nextId = countedIds();
  const now = `${toldOn}T00:00:00.000Z`;
  return [...registrations, ...story.steps].map((step) => {
    const surroundings = { id: nextId(), now, roles: rolesOf(step.by) };
    return jsonLine({ command: commandOf(step, surroundings) });
  });
}

function eventLine({ position, leaf }: RecordedEvent): string {
  return jsonLine({ position, leaf });
}

async function viewsOf(
  story: Story,
  events: readonly RecordedEvent[],
): Promise<readonly string[]> {
  const views = await replay(projections, events, toldOn);
  const lines: string[] = [];
  for (const id of story.stones) lines.push(...(await viewsOfStone(views, id)));
  return lines;
}

async function viewsOfStone(views: ViewReader, id: string): Promise<readonly string[]> {
  const subject = stoneStream(id);
  const sanctions = await sanctionsOf(views, subject);
  const facts = sanctions?.facts;
  const said: Readonly<Record<string, unknown>> = {
    card: await cardOf(views, subject),
    custody: await custodyOf(views, subject),
    custodians: await custodyChain(views, subject),
    title: await titleOf(views, subject),
    owners: await titleChain(views, subject),
    origin: await originOf(views, subject),
    lineage: await lineageOf(views, subject),
    history: await historyOf(views, subject),
    identifiers: await identifiersOf(views, subject),
    sanctions,
    verdicts: facts && days.map((day) => judge(facts, 'EU', day)),
  };
  return Object.entries(said).map(([view, rows]) => jsonLine({ view, subject, rows }));
}

function jsonLine(value: unknown): string {
  const plainValue: unknown = JSON.parse(
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'bigint' ? String(inner) : inner,
    ),
  );
  return canonicalJson(plainValue);
}
