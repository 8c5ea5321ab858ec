import type { Question } from '#libs/views/as-known';
import { ofSingleThings } from '#projections/projections';
import { viewsAt, withCargo } from '#libs/views/as-known';
import type { DataPlace } from '#apps/cli/data-place';
import { reading, today } from '#apps/cli/data-place';
import { Failure } from '#apps/cli/failure';
import { identify } from '#apps/cli/identify';
import type { Terminal } from '#apps/cli/terminal';
import { idOf, parseStream } from '#events/streams';
import type { ViewReader } from '#libs/views/views';
import { ancestors } from '#projections/lineage';

/**
 * What `read` makes of one thing, as the ledger says, or said. What an identifier means is read
 * from all that is known now. For a time before the goods were what they are, the answer is of what
 * they came out of. Throws a {@link Failure} when they are unknown, or were then.
 */
export async function inquire<Told extends Readonly<{ subject: string }>>(
  read: (views: ViewReader, subject: string) => Promise<Told | undefined>,
  place: DataPlace,
  terminal: Terminal,
  identifier: string,
  question: Question | undefined,
): Promise<Told> {
  return reading(
    place,
    terminal,
    async ({ store, views }) => {
      const subject = await identify(views, identifier);
      const asked = question
        ? await viewsAt(store, ofSingleThings, await withCargo(store, [subject]), question, today())
        : views;
      const dossier = (await read(asked, subject)) ?? (await before(read, views, asked, subject));
      if (!dossier && !question) {
        const category = parseStream(subject)?.category ?? 'stream';
        throw new Failure('wrong-kind', `${subject}: a ${category} is not what this is asked of`);
      }
      if (!dossier) {
        throw new Failure('not-yet', `${idOf(subject)} was not there, or not known, at that time`);
      }
      if (dossier.subject !== subject) {
        terminal.note(
          `${idOf(subject)} was not there yet: it came out of ${idOf(dossier.subject)}`,
        );
      }
      return dossier;
    },
    question,
  );
}

/** What the goods were then part of: the nearest of the streams they came out of. */
async function before<Told>(
  read: (views: ViewReader, subject: string) => Promise<Told | undefined>,
  views: ViewReader,
  asked: ViewReader,
  subject: string,
): Promise<Told | undefined> {
  for (const { parent } of await ancestors(views, subject)) {
    const dossier = await read(asked, parent);
    if (dossier) return dossier;
  }
  return undefined;
}
