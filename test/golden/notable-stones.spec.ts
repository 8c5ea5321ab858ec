import { describe, expect, it } from '@jest/globals';
import { notableStone, notableStones, reported } from '#apps/cli/demo/notable-stones';
import { stories } from '#apps/cli/demo/stories';
import type { DocumentRef } from '#events/event';
import type { StoneEvent } from '#events/stone';
import type { RecordedEvent } from '#libs/store/store';
import { recordedStories } from '#test/support/demo-ledger';

const isMarked = (documents: readonly DocumentRef[] | undefined) =>
  documents?.some(({ type }) => type === 'illustrative') ?? false;

function only<T extends StoneEvent['type']>(events: readonly RecordedEvent[], type: T) {
  return events.filter((event) => event.type === type) as unknown as readonly (Extract<
    StoneEvent,
    { type: T }
  > &
    RecordedEvent)[];
}

it('tells each notable stone once, in the order of the reference data', () => {
  expect(stories.map(({ notable }) => notable)).toEqual(notableStones.map(({ id }) => id));
});

it('names sources for every stone', () => {
  for (const { sources } of notableStones) expect(sources.length).toBeGreaterThan(0);
});

describe.each(stories)('the story of $title', (story) => {
  const facts = notableStone(story.notable);

  it('takes mine, weight, colour and date of the rough from the data, bounds as bounds', async () => {
    const [rough] = only(await recordedStories([story]), 'RoughDiamondRecovered');
    expect(rough?.data).toEqual({
      mineId: facts.rough.mineId,
      mine: expect.objectContaining({ country: 'RU' }),
      weight: reported(facts.rough.weightCt),
      ...(facts.rough.plant !== undefined && { plant: facts.rough.plant }),
      ...(facts.rough.colour !== undefined && { colour: facts.rough.colour }),
      ...(facts.rough.dimensionsMm !== undefined && { dimensionsMm: facts.rough.dimensionsMm }),
    });
    const { recovered } = facts.rough;
    if (recovered) {
      expect(rough?.meta.at).toEqual({ time: recovered.at, precision: recovered.precision });
      expect(isMarked(rough?.meta.documents)).toBe(false);
    } else {
      expect(rough?.meta.at.precision).toBe('year');
      expect(isMarked(rough?.meta.documents)).toBe(true);
    }
  });

  it('takes every polished stone from the data, and makes none up', async () => {
    const made = only(await recordedStories([story]), 'PolishedDiamondProduced');
    expect(made.map(({ data }) => data)).toMatchObject(
      facts.polished.map(({ weightCt, shape, colour, clarity }) => ({
        weight: reported(weightCt),
        ...(shape !== undefined && { shape }),
        ...(colour !== undefined && { colour }),
        ...(clarity !== undefined && { clarity }),
      })),
    );
    for (const [n, { announced }] of facts.polished.entries()) {
      if (!announced) expect(isMarked(made[n]?.meta.documents)).toBe(true);
      else expect(made[n]?.meta.at.time).toBe(announced.at.slice(0, 7));
    }
  });

  it('dates a public sale by its announcement and marks any other as made up', async () => {
    const events = await recordedStories([story]);
    for (const { meta, data } of only(events, 'TitleTransferred')) {
      if (facts.sale && data.to === 'graff') {
        expect(isMarked(meta.documents)).toBe(false);
        expect(meta.documents).toContainEqual({
          type: 'announcement',
          issuer: facts.sale.buyer,
          issuedOn: facts.sale.announced.at,
        });
      } else {
        expect(isMarked(meta.documents)).toBe(true);
      }
    }
  });

  it('has a day only where the data has one', async () => {
    const events = await recordedStories([story]);
    const days = events.filter(({ meta }) => meta.at.precision === 'day');
    const known = facts.rough.recovered?.precision === 'day' ? ['RoughDiamondRecovered'] : [];
    expect(days.map(({ type }) => type)).toEqual(known);
  });
});

it('moves title and custody of New Sun to a buyer that is marked as made up', async () => {
  const events = await recordedStories(stories.filter(({ notable }) => notable === 'new-sun'));
  const moved = events.filter(({ type }) => type === 'TitleTransferred' || type === 'CustodyAccepted');
  const [title, custody] = moved.slice(-2);
  expect(title).toMatchObject({ type: 'TitleTransferred', data: { to: 'illustrative-buyer' } });
  expect(custody).toMatchObject({ type: 'CustodyAccepted', data: { to: 'illustrative-buyer' } });
  expect(isMarked(title?.meta.documents) && isMarked(custody?.meta.documents)).toBe(true);
});
