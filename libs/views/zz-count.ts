import { openStore } from '#libs/store/open-store';
import { unitOfWork } from '#libs/views/unit-of-work';
import { feeder } from '#libs/views/projector';
import { projections } from '#projections/projections';
const store = await openStore(`sqlite:${process.argv[2]}`, { ledger: 'bench.example/log', readOnly: true });
const counts: Record<string, number> = {};
const set = unitOfWork({
  fetch: async (t) => { counts['get ' + t.name] = (counts['get ' + t.name] ?? 0) + 1; return undefined; },
  query: async () => [],
  flush: async (changes) => { for (const [t, c] of changes) counts[t.name] = (counts[t.name] ?? 0) + c.size; },
}, new Map(projections.map((p) => [p, 0n])));
const feed = feeder(set, projections, true); let pending = 0; const t0 = performance.now(); const c0 = process.cpuUsage();
for await (const b of store.readAll(0n)) { pending += await feed.take(b, '2026-11-21'); if (pending >= Number(process.argv[3] ?? 20000)) { await set.commit(feed.reached()); pending = 0; } }
await set.commit(feed.reached());
const c = process.cpuUsage(c0);
console.log((performance.now() - t0) / 1000, 'cpu', (c.user + c.system) / 1e6, JSON.stringify(counts), process.resourceUsage().maxRSS / 1e3);
await store.close();
