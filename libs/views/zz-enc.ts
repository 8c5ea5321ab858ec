import { shapeOf } from '#libs/views/shape';
import { projections } from '#projections/projections';
const custody = projections[0]!.tables[0]!;
const { encode } = shapeOf(custody);
const rows = Array.from({ length: 100000 }, (_, i) => ({ subject: 'stone-lot-' + i, custodian: 'alrosa', basis: 'accepted', since: { time: '2024-01-01T00:00:00Z', precision: 'instant' }, since_position: BigInt(i), since_recorded_at: '2026-01-01T00:00:00.000Z', place: { country: 'RU', unlocode: 'RUMIR' }, until: null, until_position: null, until_recorded_at: null, released_to: null, release: null, consumed: 0 }));
function bench(name: string, f: (r: any, into: unknown[]) => void) { for (let k = 0; k < 3; k++) { const c = process.cpuUsage(); const t: unknown[] = []; for (const r of rows) { f(r, t); if (t.length > 500) t.length = 0; } const d = process.cpuUsage(c); if (k === 2) console.log(name, ((d.user + d.system) / rows.length).toFixed(2)); } }
const packed = ['basis', 'since', 'since_position', 'since_recorded_at', 'place', 'until', 'until_position', 'until_recorded_at', 'release'];
const template = Object.fromEntries(packed.map((p) => [p, null]));
bench('now', encode);
bench('template', (r, into) => { const d: any = { ...template }; for (const name of packed) { const v = r[name]; if (v !== null) d[name] = typeof v === 'bigint' ? String(v) : v; } into.push(r.subject, r.custodian, JSON.stringify(d)); });
bench('array', (r, into) => { const d: unknown[] = []; for (const name of packed) { const v = r[name]; d.push(typeof v === 'bigint' ? String(v) : v); } into.push(r.subject, r.custodian, JSON.stringify(d)); });
bench('literal', (r, into) => { into.push(r.subject, r.custodian, JSON.stringify({ basis: r.basis, since: r.since, since_position: String(r.since_position), since_recorded_at: r.since_recorded_at, place: r.place, until: r.until, until_position: r.until_position && String(r.until_position), until_recorded_at: r.until_recorded_at, release: r.release })); });
bench('separate', (r, into) => { into.push(r.subject, r.custodian, r.basis, JSON.stringify(r.since), r.since_position, r.since_recorded_at, JSON.stringify(r.place), r.until, r.until_position, r.until_recorded_at, r.release); });
