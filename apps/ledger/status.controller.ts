import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Config } from '#apps/ledger/config';
import { Open } from '#apps/ledger/key.guard';
import type { Metrics } from '#apps/ledger/metrics';
import { CONFIG, METRICS, PROJECTING, STORE } from '#apps/ledger/parts';
import { Problem } from '#apps/ledger/problem';
import type { Projecting } from '#apps/ledger/projecting';
import { lagOf } from '#apps/ledger/projecting';
import { shows } from '#apps/ledger/shown';
import type { EventStore } from '#libs/store/store';

/** How long in ms the ledger may take to say where it ends. */
const patience = 3_000;

@ApiTags('operation')
@Controller()
export class StatusController {
  constructor(
    @Inject(STORE) private readonly store: EventStore,
    @Inject(PROJECTING) private readonly projecting: Projecting,
    @Inject(METRICS) private readonly metrics: Metrics,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('health/live')
  @Open('anyone')
  @ApiOperation({ summary: 'The process runs and answers' })
  @shows('It does', { status: 'live' })
  live() {
    return { status: 'live' };
  }

  @Get('health/ready')
  @Open('anyone')
  @ApiOperation({ summary: 'The ledger is open and the views keep up with it' })
  @shows('They do', {
    status: 'ready',
    ledger: 'adamant.local/ledger',
    position: '128',
    views: '128',
  })
  async ready() {
    const end = await this.endSoon();
    const [alarm] = this.store.alarms?.() ?? [];
    if (alarm !== undefined) throw new Problem(503, 'record-in-danger', alarm);
    const reached = this.projecting.reached();
    if (reached === undefined || (await lagOf(this.store, reached)) > this.config.LAG_LIMIT) {
      throw new Problem(
        503,
        'views-behind',
        `the views are at ${reached ?? 0n}, the ledger at ${end}`,
      );
    }
    const { ledger } = this.store;
    return { status: 'ready', ledger, position: String(end), views: String(reached) };
  }

  /** An answer that comes late is none for whoever asks whether requests can be sent here. */
  private async endSoon(): Promise<bigint> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const problem = new Problem(503, 'store-unavailable', 'the ledger does not answer');
      timer = setTimeout(() => reject(problem), patience);
    });
    try {
      return await Promise.race([this.store.end(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  @Get('metrics')
  @Open('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: 'Numbers for Prometheus' })
  @shows('Text exposition format', 'adamant_refusals_total{code="not-custodian"} 2\n')
  numbers(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
