import { flagStream } from '#events/streams';
import type { Projection, ViewReader } from '#libs/views/views';
import { custody } from '#projections/custody';
import type { Flag } from '#projections/flags/flag';
import { flagsBy } from '#projections/flags/flag-list';
import { flags } from '#projections/flags/flags';
import { title } from '#projections/title';

/** Flags of one thing whose streams are folded for a question about it. */
const mostFolded = 200;

/** What flags of another time are folded with: themselves, and who owned and held the goods. */
export const foldedForFlags: readonly Projection[] = [flags, title, custody];

/** The things flags concern, and the streams they are closed on. */
export function concernedBy(found: readonly Flag[]): readonly string[] {
  return found.flatMap(({ id, streams }) => [...streams, flagStream(id)]);
}

/**
 * What a question about the flags of one thing is folded from: flags follow from events of several
 * streams, and these are those that flags of it rest on now.
 */
export async function concerned(views: ViewReader, stream: string): Promise<readonly string[]> {
  return [stream, ...concernedBy(await flagsBy(views, { stream }, mostFolded))];
}
