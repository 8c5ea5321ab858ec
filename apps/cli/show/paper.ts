import type { When } from '#events/event';
import type { Money } from '#events/values';
import { moneyText } from '#libs/trade/price';
import { carats, shownWhen } from '#libs/documents/words';

/**
 * What the row of a certificate, shipment, report or party says, a line for each field that says
 * anything. The hashes of the data that a decision rested on are left to `--json`.
 */
export function paperTold(row: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(row).flatMap(([name, value]) => {
    const said = flags.has(name) ? (value === 1 ? 'yes' : '') : told(name, value);
    if (said === '') return [];
    const label = name.replace(/_mct$/, '').replaceAll('_', ' ');
    return [`  ${label.padEnd(18)} ${said}`];
  });
}

/** Columns that hold 1 for yes. */
const flags: ReadonlySet<string> = new Set(['breached', 'quarantined', 'in_house']);

function told(name: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' && /(^|_)mct$/.test(name)) return carats(value);
  if (Array.isArray(value)) return value.map((each) => told('', each)).join('; ');
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return JSON.stringify(value) ?? '';
  if ('time' in value && 'precision' in value) return shownWhen(value as When);
  if ('minor' in value && 'currency' in value) return moneyText(value as Money);
  return Object.entries(value)
    .filter(([key]) => key !== 'data')
    .map(([key, inner]) => [/(^|_)mct$/.test(key) ? '' : key, told(key, inner)])
    .flatMap(([key, said]) => (said === '' ? [] : [`${key} ${said}`.trim()]))
    .join(', ');
}
