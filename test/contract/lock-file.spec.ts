import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

type Package = Readonly<{ optionalDependencies?: Readonly<Record<string, string>> }>;

const text = readFileSync(`${import.meta.dirname}/../../package-lock.json`, 'utf8');
const { packages } = JSON.parse(text) as { packages: Readonly<Record<string, Package>> };

/** Where Node would look for a dependency of the package at `path`, nearest first. */
function places(path: string, name: string): readonly string[] {
  const nested = `${path === '' ? '' : `${path}/`}node_modules/${name}`;
  if (path === '') return [nested];
  const up = path.lastIndexOf('/node_modules/');
  return [nested, ...places(up < 0 ? '' : path.slice(0, up), name)];
}

describe('the lock file', () => {
  it('names the binaries of every platform, or npm ci refuses it', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) =>
        places(path, name).every((place) => !(place in packages)),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('names no download addresses', () => {
    expect(text).not.toMatch(/"resolved": "http/);
  });
});
