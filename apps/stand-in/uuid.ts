import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';

const textual = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The id in its usual spelling; undefined when it is not one. Clients send it in two forms. */
export function uuidText(uuid: UUID | undefined): string | undefined {
  if (uuid?.hasString()) {
    const text = uuid.getString();
    return textual.test(text) ? text.toLowerCase() : undefined;
  }
  const structured = uuid?.getStructured();
  if (!structured) return undefined;
  const hex = [structured.getMostSignificantBits(), structured.getLeastSignificantBits()]
    .map((bits) => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0'))
    .join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The two halves of an id as signed decimals, for clients that want it structured. */
export function uuidHalves(text: string): readonly [string, string] {
  const hex = text.replaceAll('-', '');
  const half = (from: number) =>
    BigInt.asIntN(64, BigInt(`0x${hex.slice(from, from + 16)}`)).toString();
  return [half(0), half(16)];
}
