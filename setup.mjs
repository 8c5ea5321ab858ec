// Runs on whatever Node starts npm (20 or later), before anything is installed: plain JavaScript.
// Installs the locked dependencies when they are missing or older than the lock file, then makes
// sure that the pinned Node is really there.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const wanted = `v${devDependencies.node}`;
const pinned = join(
  root,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

function changedAt(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs;
}

function npm(...args) {
  const path = process.env.npm_execpath;
  const [command, all] = path ? [process.execPath, [path, ...args]] : ['npm', args];
  return spawnSync(command, all, { cwd: root, stdio: 'inherit', shell: !path }).status;
}

function pinnedVersion() {
  const { stdout, status } = spawnSync(pinned, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

const installed = changedAt('node_modules/.package-lock.json');
if (installed === undefined || installed < changedAt('package-lock.json')) {
  console.error('Installing the locked dependencies (npm ci) …');
  if (npm('ci', '--no-audit', '--no-fund', '--loglevel=error') !== 0) {
    console.error('npm ci failed: see its message above. Nothing else was done.');
    process.exit(1);
  }
}

const found = pinnedVersion();
if (found !== wanted) {
  console.error(
    [
      `Adamant runs on Node ${wanted}, which its npm package "node" brings along, but`,
      found === undefined ? `${pinned} does not run.` : `${pinned} is ${found}.`,
      'That package puts Node in place by its install script. If your npm skips install scripts',
      '(npm config get ignore-scripts), allow this one and install again:',
      '  npm ci --ignore-scripts=false',
      'or run the same npm script with your own Node 24 first in PATH after',
      `  mkdir -p node_modules/node/bin && ln -sf "$(command -v node)" node_modules/node/bin/node`,
    ].join('\n'),
  );
  process.exit(1);
}
