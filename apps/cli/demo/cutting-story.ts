import { announcement, namesOf, reported, sourcesOf, when } from '#apps/cli/demo/notable-stones';
import type { NotableStone } from '#apps/cli/demo/notable-stones';
import { handOver, illustrative, inMonth, naming } from '#apps/cli/demo/story';
import type { Step } from '#apps/cli/demo/story';
import type { When } from '#events/event';
import { partId } from '#events/streams';
import type { Weight } from '#events/values';

/** What a story adds to the public facts, each in words that say so. */
export type Telling = Readonly<{
  facts: NotableStone;
  /** The id of the rough's stream. */
  rough: string;
  producer: string;
  cutter: string;
  /** Where the recovery's day is not public: the year it lies not after, and why. */
  recovered?: Readonly<{ at: When; because: string }>;
  started: Readonly<{ at: When; because: string }>;
  /** Where the end of cutting was not announced. */
  finished?: Readonly<{ at: When; because: string }>;
}>;

const russia = { country: 'RU' };
const owner = 'alrosa';

/** The rough comes out of the ground; where it has a name, it gets it. */
export function recovery({
  facts,
  rough,
  producer,
  recovered,
}: Pick<Telling, 'facts' | 'rough' | 'producer' | 'recovered'>): readonly Step[] {
  const { name, nameConfirmed, weightCt, colour, dimensionsMm, mineId, plant } = facts.rough;
  const known = facts.rough.recovered;
  const at = known ? when(known) : recovered?.at;
  if (!at) throw new RangeError(`${facts.id} needs a time of recovery`);
  const sources = sourcesOf(facts);
  const unsure = recovered ? [illustrative(recovered.because)] : [];
  const unread = nameConfirmed === false ? [illustrative('no source for the name was read')] : [];
  return [
    {
      category: 'stone',
      id: rough,
      by: producer,
      at,
      place: { country: 'RU', mineId },
      documents: [...sources, ...unsure],
      command: {
        type: 'RecoverRough',
        mineId,
        weight: reported(weightCt),
        ...(plant !== undefined && { plant }),
        ...(colour !== undefined && { colour }),
        ...(dimensionsMm !== undefined && { dimensionsMm }),
      },
    },
    ...naming(rough, name === null ? [] : namesOf(name), {
      by: producer,
      at: { time: at.time.slice(0, 4), precision: 'year' },
      documents: [
        ...(unread.length > 0 ? unread : sources),
        illustrative('when the name was given is not public'),
      ],
    }),
  ];
}

/** From the producer's hands to ALROSA's title and the cutter's bench; none of it is public. */
export function intoManufacture({ rough, producer, cutter, started }: Telling): readonly Step[] {
  const circumstances = { by: producer, at: started.at, place: russia };
  return [
    ...(producer === owner
      ? []
      : [
          {
            ...circumstances,
            category: 'stone',
            id: rough,
            documents: [illustrative('transfer within ALROSA, not public')],
            command: { type: 'TransferTitle', to: owner, basis: 'sale' },
          } as const,
        ]),
    ...(producer === cutter
      ? []
      : handOver(rough, cutter, 'cutting', {
          ...circumstances,
          documents: [illustrative('hand-over within ALROSA, not public')],
        })),
  ];
}

/** Cut, polished, accounted for. The loss is the difference where both weights are known. */
export function cutting({ facts, rough, cutter, started, finished }: Telling): readonly Step[] {
  const [stone] = facts.polished;
  if (!stone) throw new RangeError(`${facts.id} was not cut`);
  const { announced, name, colour, shape, clarity, laboratory } = stone;
  const at = announced ? inMonth(announced.at) : finished?.at;
  if (!at) throw new RangeError(`${facts.id} needs a time of polishing`);
  const act = { category: 'stone', id: rough, by: cutter, place: russia } as const;
  const sources = sourcesOf(facts);
  const craftsmen = facts.cutting?.craftsmen;
  const loss = lossOf(reported(facts.rough.weightCt), reported(stone.weightCt));
  const computed = illustrative('computed from the two weights, not published');
  return [
    {
      ...act,
      at: started.at,
      documents: [...sources, illustrative(started.because)],
      command: {
        type: 'StartManufacturing',
        orderNo: `illustrative-${facts.id}`,
        ...(craftsmen !== undefined && { craftsmen }),
      },
    },
    {
      ...act,
      at,
      documents: [
        ...(announced ? [announcement('ALROSA', announced)] : []),
        ...(laboratory === undefined ? [] : [{ type: 'grading-report', issuer: laboratory }]),
        ...sources,
        ...(finished ? [illustrative(finished.because)] : []),
      ],
      command: {
        type: 'ProducePolished',
        weight: reported(stone.weightCt),
        name: namesOf(name)[0]?.name ?? name,
        ...(shape !== undefined && { shape }),
        ...(colour !== undefined && { colour }),
        ...(clarity !== undefined && { clarity }),
      },
    },
    ...(loss
      ? [
          {
            ...act,
            at,
            documents: [computed],
            command: { type: 'RecordLoss', weight: loss, cause: 'polishing' },
          } as const,
        ]
      : []),
    {
      ...act,
      at,
      documents: [illustrative('the order and its closing are not public')],
      command: { type: 'CloseManufacturing' },
    },
  ];
}

/** Names beyond the first, and the way back to the owner. */
export function backToOwner({ facts, rough, cutter, finished }: Telling): readonly Step[] {
  const [stone] = facts.polished;
  const at = stone?.announced ? inMonth(stone.announced.at) : finished?.at;
  if (!stone || !at) throw new RangeError(`${facts.id} was not cut`);
  const polished = partId(rough, 1);
  return [
    ...naming(polished, namesOf(stone.name).slice(1), {
      by: owner,
      at,
      documents: sourcesOf(facts),
    }),
    ...(cutter === owner
      ? []
      : handOver(polished, owner, 'return', {
          by: cutter,
          at,
          place: russia,
          documents: [illustrative('hand-over within ALROSA, not public')],
        })),
  ];
}

/** Bounds leave the loss unknown; a difference with an approximate weight is approximate. */
function lossOf(before: Weight, after: Weight): Weight | undefined {
  if (before.qualifier !== 'eq' || after.qualifier === 'gt' || after.qualifier === 'lt') {
    return undefined;
  }
  return { mct: before.mct - after.mct, qualifier: after.qualifier, basis: 'estimated' };
}
