import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { EventStore } from '#libs/store/store';

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Numbers for Prometheus. Labels are routes, statuses and codes: never ids, never callers' text. */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'adamant_http_request_seconds',
    help: 'Time from a request to its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: seconds,
    registers: [this.registry],
  });
  private readonly refusals = new Counter({
    name: 'adamant_refusals_total',
    help: 'Problems answered, by code',
    labelNames: ['code'],
    registers: [this.registry],
  });
  private readonly appends = new Histogram({
    name: 'adamant_append_seconds',
    help: 'Time from handing events to the store until they are durable',
    buckets: seconds,
    registers: [this.registry],
  });
  private readonly waiting = new Gauge({
    name: 'adamant_appends_waiting',
    help: 'Appends handed to the store and not yet durable',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  answered(method: string, route: string, status: number, ms: number): void {
    this.requests.labels(method, route, String(status)).observe(ms / 1000);
  }

  refused(code: string): void {
    this.refusals.labels(code).inc();
  }

  /** A number asked for whenever the metrics are read. */
  gauge(name: string, help: string, value: () => number | Promise<number>): void {
    const registers = [this.registry];
    const gauge: Gauge = new Gauge({ name, help, registers, collect });

    async function collect(): Promise<void> {
      gauge.set(await value());
    }
  }

  /** The same store, its appends timed and counted. */
  watch(store: EventStore): EventStore {
    return {
      ...store,
      append: async (stream, expectedRevision, entries) => {
        const stop = this.appends.startTimer();
        this.waiting.inc();
        try {
          return await store.append(stream, expectedRevision, entries);
        } finally {
          this.waiting.dec();
          stop();
        }
      },
    };
  }
}
