import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The parts of a Compose file that are looked at beyond its schema. */
export type ComposeFile = Readonly<{
  services: Readonly<Record<string, Service>>;
  networks?: Readonly<Record<string, Network>>;
  volumes?: Readonly<Record<string, unknown>>;
  secrets?: Readonly<Record<string, unknown>>;
}>;

export type Service = Readonly<{
  image?: string;
  build?: unknown;
  user?: string;
  command?: readonly string[];
  entrypoint?: readonly string[];
  environment?: Readonly<Record<string, string | number>>;
  ports?: readonly string[];
  volumes?: readonly string[];
  secrets?: readonly string[];
  profiles?: readonly string[];
  networks?: Readonly<Record<string, Readonly<{ ipv4_address?: string }> | null>>;
  network_mode?: string;
  depends_on?: Readonly<Record<string, Readonly<{ condition: string }>>>;
  healthcheck?: Readonly<{ test: readonly string[]; interval: string; retries: number }>;
  restart?: string;
  read_only?: boolean;
  init?: boolean;
  privileged?: boolean;
  cap_drop?: readonly string[];
  security_opt?: readonly string[];
  stop_grace_period?: string;
}>;

type Network = Readonly<{
  internal?: boolean;
  ipam?: Readonly<{ config: readonly Readonly<{ subnet: string }>[] }>;
}>;

const root = `${import.meta.dirname}/../..`;

export function sourceOf(file: string): string {
  return readFileSync(`${root}/${file}`, 'utf8');
}

/** As Compose reads it: variables put in first, then anchors and merged mappings. */
export function readCompose(
  file: string,
  variables: Readonly<Record<string, string>>,
): ComposeFile {
  return parse(interpolated(sourceOf(file), variables), { merge: true }) as ComposeFile;
}

/**
 * https://docs.docker.com/reference/compose-file/interpolation/: `$$` is a dollar, `${NAME:-default}`
 * and `${NAME:?message}`, which throws the message; empty counts as unset.
 */
export function interpolated(text: string, variables: Readonly<Record<string, string>>): string {
  const pattern = /\$(?:(\$)|\{([A-Z_]+)(?::([-?])([^}]*))?\}|(.?))/g;
  return text.replace(
    pattern,
    (whole, dollar?: string, name?: string, kind?: string, said = '') => {
      if (dollar !== undefined) return '$';
      if (name === undefined) throw new Error(`“${whole}” would be taken for a variable`);
      const value = variables[name];
      if (value) return value;
      if (kind === '-') return said;
      throw new Error(`${name}: ${said}`);
    },
  );
}
