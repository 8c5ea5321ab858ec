import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { invalidArgument, thrown } from '#apps/stand-in/refusal';
import type { LogEvent } from '#apps/stand-in/log-event';
import type { Shape } from '#apps/stand-in/read-response';

export type From = number | 'start' | 'end';

export type Filter = Readonly<{
  matches: (event: LogEvent) => boolean;
  /** A checkpoint is sent after so many events were looked at. */
  checkpointEvery: number;
}>;

export type ReadRequest = Readonly<{
  /** Undefined: `$all`. */
  stream: string | undefined;
  from: From;
  shape: Shape;
  filter: Filter | undefined;
  /** Undefined: a subscription. */
  page: Readonly<{ backwards: boolean; count: number }> | undefined;
}>;

/** Throws the refusal that a request gets which makes no sense. */
export function readRequest(request: ReadReq): ReadRequest {
  const options = request.getOptions();
  if (!options) throw thrown();
  const stream = options.getStream();
  const all = options.getAll();
  const filter = options.getFilter();
  const backwards = options.getReadDirection() === 1;
  const page = options.hasCount() ? { backwards, count: Number(options.getCount()) } : undefined;
  if ((!page && backwards) || (stream && filter)) {
    throw invalidArgument('The combination of stream, count, direction and filter is invalid.');
  }
  const shape = {
    resolveLinks: options.getResolveLinks(),
    structuredIds: options.getUuidOption()?.hasString() !== true,
  };
  const rest = { shape, page, filter: filter && filterOf(filter) };
  if (stream) return { ...rest, stream: streamName(stream), from: revisionOf(stream) };
  if (all) return { ...rest, stream: undefined, from: positionOf(all) };
  throw thrown();
}

function streamName(stream: ReadReq.Options.StreamOptions): string {
  const name = Buffer.from(stream.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString();
  if (name === '') throw thrown();
  return name;
}

function revisionOf(stream: ReadReq.Options.StreamOptions): From {
  if (stream.hasRevision()) return Number(stream.getRevision());
  return stream.hasEnd() ? 'end' : 'start';
}

/** 2^64-1 stands for the end. */
function positionOf(all: ReadReq.Options.AllOptions): From {
  const position = all.getPosition();
  if (!position) return all.hasEnd() ? 'end' : 'start';
  const commit = BigInt(position.getCommitPosition());
  if (BigInt(position.getPreparePosition()) > commit) {
    throw invalidArgument('The commit position must be greater than or equal to the prepare.');
  }
  return commit === 0xffff_ffff_ffff_ffffn ? 'end' : Number(commit);
}

function filterOf(filter: ReadReq.Options.FilterOptions): Filter {
  const byStream = filter.getStreamIdentifier();
  const expression = byStream ?? filter.getEventType();
  const multiplier = filter.getCheckpointintervalmultiplier();
  if (!expression || multiplier === 0) throw thrown();
  const window = filter.hasMax() ? filter.getMax() : 32;
  const fits = matcher(expression);
  return {
    matches: ({ stream, type }) => fits(byStream ? stream : type),
    checkpointEvery: multiplier * window,
  };
}

function matcher(expression: ReadReq.Options.FilterOptions.Expression): (text: string) => boolean {
  const pattern = expression.getRegex();
  const prefixes = expression.getPrefixList();
  if (pattern === '') return (text) => prefixes.some((prefix) => text.startsWith(prefix));
  try {
    const regex = new RegExp(pattern);
    return (text) => regex.test(text);
  } catch {
    throw invalidArgument(`'${pattern}' is not a regular expression`);
  }
}
