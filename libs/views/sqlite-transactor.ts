import { parentPort, workerData } from 'node:worker_threads';
import { openConnection } from '#libs/views/sqlite-connection';
import { stepRunner } from '#libs/views/sqlite-steps';
import type { FromTransactor, ToTransactor } from '#libs/views/sqlite-transact';

/** The thread that writes: steps come in parcels, an `end` finishes the transaction. */
const database = openConnection(workerData as string, { readonly: false, patient: true });
const { take, end, cancel } = stepRunner(database);

parentPort?.on('message', (message: ToTransactor) => {
  switch (message) {
    case 'end':
      parentPort?.postMessage(answer());
      return;
    case 'cancel':
      cancel();
      return;
    case 'close':
      database.close();
      parentPort?.close();
      return;
    default:
      take(message);
  }
});

/** The driver's errors do not cross threads as they are. */
function answer(): FromTransactor {
  const { unmet, error } = end();
  if (error === undefined) return { unmet };
  const { name = '', code = '', message = '' } = error as Partial<NodeJS.ErrnoException>;
  return { unmet, error: { name, code, message } };
}
