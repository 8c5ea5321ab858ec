/** Where a stream stood, and the ids of all its events up to there. */
type Known = Readonly<{ revision: number; hash: string; ids: readonly string[] }>;

type Kept = { revision: number; hash: string; ids: string[] };

/** What a process knows of streams it read or wrote from their start: what was so stays so. */
export type KnownStreams = Readonly<{
  get: (stream: string) => Known | undefined;
  /** The stream an event's id stands in, as far as it is known. */
  streamOf: (id: string) => string | undefined;
  /** Told of events of any streams; what does not follow the known part of its stream is let pass. */
  saw: (stream: string, revision: number, id: string, hash: string) => void;
}>;

/** Keeps at most `mostIds`, the streams used longest ago go first. */
export function knownStreams(mostIds: number): KnownStreams {
  const streams = new Map<string, Kept>();
  const streamOf = new Map<string, string>();
  let count = 0;

  function get(stream: string): Known | undefined {
    const kept = streams.get(stream);
    if (!kept) return undefined;
    streams.delete(stream);
    streams.set(stream, kept);
    return kept;
  }

  function saw(stream: string, revision: number, id: string, hash: string): void {
    const kept = streams.get(stream) ?? { revision: -1, hash: '', ids: [] };
    if (revision !== kept.revision + 1) return;
    kept.revision = revision;
    kept.hash = hash;
    kept.ids.push(id);
    streams.set(stream, kept);
    streamOf.set(id, stream);
    count += 1;
    for (const [oldest, { ids }] of streams) {
      if (count <= mostIds) return;
      for (const each of ids) if (streamOf.get(each) === oldest) streamOf.delete(each);
      streams.delete(oldest);
      count -= ids.length;
    }
  }

  return { get, saw, streamOf: (id) => streamOf.get(id) };
}
