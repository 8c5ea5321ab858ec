import { expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

it('servers that die under load, and replies that come late, end no process', () => {
  const script = fileURLToPath(import.meta.resolve('#test/crash/server-ordeal'));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=source', '--no-warnings', script],
    { encoding: 'utf8' },
  );
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '[392,400]', stderr: '' });
}, 120_000);
