import { CorruptRecord, StoreUnavailable } from '#libs/store/errors';
import { ServerFailure } from '#libs/store/eventstoredb-failure';

/** What the server, or the way to it, did, as an error of the store. Other errors come back as they are. */
export function storeError(place: string, error: unknown): unknown {
  if (!(error instanceof ServerFailure)) return error;
  const { message } = error;
  switch (error.reason) {
    case 'denied':
      return unavailable(place, `does not let this user do that (${message})`, error);
    case 'deleted':
      return new CorruptRecord(place, undefined, `a stream was deleted (${message})`, {
        cause: error,
      });
    case 'unsupported':
    case 'too-large':
    case 'wrong-revision':
      return unavailable(place, `refuses what it was asked (${message || error.reason})`, error);
    case 'unknown':
    case 'silent':
      return unavailable(place, `cannot be reached, or does not answer (${message})`, error);
  }
}

export function closed(place: string): StoreUnavailable {
  return new StoreUnavailable('closed', `${place} is closed`);
}

function unavailable(place: string, what: string, cause: unknown): StoreUnavailable {
  return new StoreUnavailable('failed', `${place} ${what}`, { cause });
}
