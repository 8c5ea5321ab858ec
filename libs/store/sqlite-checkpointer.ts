import { parentPort, workerData } from 'node:worker_threads';
import { openLedger } from '#libs/store/sqlite-file';
import type { Checkpointed, CheckpointOptions } from '#libs/store/sqlite-checkpoints';

type Result = Readonly<{ busy: number; log: number; checkpointed: number }>;

const port = parentPort;
if (port) {
  const { path, ledger } = workerData as CheckpointOptions;
  const db = openLedger(path, ledger, false);
  port.on('message', (wish: 'checkpoint' | 'close') => {
    if (wish === 'close') {
      db.close();
      port.close();
      return;
    }
    const [result] = db.pragma('wal_checkpoint(PASSIVE)') as readonly Result[];
    const { log = 0, checkpointed = 0 } = result ?? {};
    port.postMessage({ frames: log, done: checkpointed } satisfies Checkpointed);
  });
}
