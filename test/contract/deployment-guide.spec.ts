import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { Config as Service } from '#apps/ledger/config';
import { sourceOf } from '#test/support/compose-file';

const guide = sourceOf('OPERATING.md');
const root = `${import.meta.dirname}/../..`;

const sources = ['apps', 'libs'].flatMap((folder) =>
  readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => sourceOf(`${folder}/${file}`)),
);
const code = sources.join('\n');

const quoted = (pattern: RegExp) =>
  new Set([...guide.matchAll(pattern)].map(([, name = '']) => name));

describe('OPERATING.md', () => {
  it('tells of every setting of the service and of the command line, with its default', () => {
    const rows = quoted(/^\| `([A-Z_]+)` /gm);
    const settings = Object.entries(new Service());
    const own = [...sourceOf('apps/cli/config.ts').matchAll(/variables\['([A-Z_]+)'\]/g)];
    const names = [...settings.map(([name]) => name), ...own.map(([, name = '']) => name)];
    expect(names.filter((name) => !rows.has(name))).toEqual([]);
    expect([...rows].filter((name) => !names.includes(name))).toEqual([]);
    for (const [name, value] of settings) {
      const shown = value === '' ? '' : `\`${String(value)}\``;
      const [, cell = '?'] = new RegExp(`^\\| \`${name}\` *\\|([^|]*)\\|`, 'm').exec(guide) ?? [];
      expect([name, cell.trim()]).toEqual([name, shown]);
    }
  });

  it('names the metrics there are, all of them', () => {
    const kept = new Set([...code.matchAll(/'(adamant_[a-z_]+)'/g)].map(([, name = '']) => name));
    expect(quoted(/`(adamant_[a-z_]+)`/g)).toEqual(kept);
  });

  it('names error codes and verbs that there are', () => {
    const elsewhere = ['ledger-on-stores', 'certificate-keys'];
    for (const word of quoted(/`([a-z]+(?:-[a-z]+)+)`/g)) {
      if (!elsewhere.includes(word))
        expect([word, code.includes(`'${word}'`)]).toEqual([word, true]);
    }
    const verbs = readdirSync(`${root}/apps/cli/verbs`).map((file) => file.replace(/\..*$/, ''));
    for (const verb of quoted(/`adamant ([a-z]+)/g)) expect(verbs).toContain(verb);
  });

  it('says, as the README does, that Docker has not run what it describes', () => {
    expect(guide).toMatch(/have\s+not been run by Docker/);
    expect(sourceOf('README.md')).toMatch(/not\s+been run by Docker/);
  });
});
