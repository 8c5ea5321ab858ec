import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** `adm_` + key id + `_` + 32 random bytes as base64url; only the secret's SHA-256 is recorded. */
const form = /^adm_([0-9a-f]{16})_([\w-]{43})$/;

export type ApiKey = Readonly<{ keyId: string; secret: string }>;

/** A new key: `token` is what its holder sends and is shown once, the rest goes into the ledger. */
export function mintApiKey(): Readonly<{ token: string; keyId: string; secretSha256: string }> {
  const keyId = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { token: `adm_${keyId}_${secret}`, keyId, secretSha256: hash('sha256', secret) };
}

/** Takes a token apart; `undefined` for anything else. Says nothing about whether it is valid. */
export function parseApiKey(token: string): ApiKey | undefined {
  const [, keyId, secret] = form.exec(token) ?? [];
  return keyId !== undefined && secret !== undefined ? { keyId, secret } : undefined;
}

/** Compares in constant time, so that answers do not tell how much of a secret was right. */
export function opensWith(secret: string, secretSha256: string): boolean {
  const given = Buffer.from(hash('sha256', secret), 'hex');
  const kept = Buffer.from(secretSha256, 'hex');
  return given.length === kept.length && timingSafeEqual(given, kept);
}
