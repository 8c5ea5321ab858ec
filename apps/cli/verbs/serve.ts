import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ledgerFile, viewsUrl } from '#apps/cli/data-place';
import { usage } from '#apps/cli/failure';
import type { PlaceOptions, Surroundings } from '#apps/cli/verb';
import { verb, withPlace } from '#apps/cli/verb';

type Options = PlaceOptions & Readonly<{ host?: string; port?: string }>;

/** The service is a program of its own; what it takes from its environment is set here. */
export function serveVerb({ config }: Surroundings) {
  const command = verb(
    'serve',
    'run the HTTP service on the ledger and keep its views; stops on Ctrl-C once all is finished',
    'serve --data data --port 3000',
  )
    .option('--host <address>', 'address to listen on (HOST)')
    .option('--port <number>', 'port to listen on, 0 for any free one (PORT)');
  return withPlace(command, config).action(async (options: Options) => {
    const { variables } = config;
    const { port } = options;
    if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
      throw usage(`--port takes a number from 0 to 65535, not “${port}”`);
    }
    const isSaid = command.getOptionValueSource('data') === 'cli';
    const place = isSaid || !variables['LEDGER_URL'] ? places(options) : {};
    const views = serverViews(options, variables['VIEWS_URL']);
    if ('LEDGER_URL' in place || 'VIEWS_URL' in views) mkdirSync(options.data, { recursive: true });
    process.exitCode = await run({
      ...variables,
      ...place,
      ...views,
      LEDGER_NAME: options.ledgerName,
      ...(options.host !== undefined && { HOST: options.host }),
      ...(options.port !== undefined && { PORT: options.port }),
    });
  });
}

function places(options: Options) {
  return { LEDGER_URL: `sqlite:${ledgerFile(options)}`, VIEWS_URL: viewsUrl(options) };
}

/** Views of a ledger on a server, where nothing else is said, are kept where the other verbs look. */
function serverViews(options: Options, said: string | undefined) {
  return options.server && !said ? { VIEWS_URL: viewsUrl(options) } : {};
}

/**
 * The service's exit code. It stands in a process group of its own, so that Ctrl-C reaches it once:
 * handed on by this process, like any other signal to stop.
 */
async function run(environment: Readonly<Record<string, string | undefined>>): Promise<number> {
  const program = fileURLToPath(import.meta.resolve('#apps/ledger/main'));
  const service = spawn(process.execPath, [program], {
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
    env: environment,
  });
  const hand = (signal: NodeJS.Signals) => service.kill(signal);
  process.on('SIGINT', hand);
  process.on('SIGTERM', hand);
  try {
    return await new Promise<number>((resolve, reject) => {
      service.once('error', reject);
      service.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    process.off('SIGINT', hand);
    process.off('SIGTERM', hand);
  }
}
