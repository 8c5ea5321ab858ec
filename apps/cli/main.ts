#!/usr/bin/env node
/** The storage driver crashes older versions instead of refusing them: look before loading it. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 14)) {
  process.stderr.write(
    `error: node-version: Adamant needs Node 22.14 or later, this is ${process.version}; ` +
      'npm run and npx in this folder bring their own\n',
  );
  process.exitCode = 1;
} else {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  const { run } = await import('#apps/cli/program');
  process.exitCode = await run(process.argv.slice(2));
}
