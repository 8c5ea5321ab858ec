import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Starts the stand-in for EventStoreDB as a process of its own, its log in the file `data`. */
export async function startStandIn(
  data: string,
): Promise<Readonly<{ url: string; stop: () => Promise<void> }>> {
  const program = fileURLToPath(import.meta.resolve('#apps/stand-in/main'));
  const child = spawn(
    process.execPath,
    [...process.execArgv, program, '--port', '0', '--data', data],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = JSON.parse(line) as { url?: string };
    if (url === undefined) continue;
    child.stdout.resume();
    return {
      url,
      stop: async () => {
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error('the stand-in did not start');
}
