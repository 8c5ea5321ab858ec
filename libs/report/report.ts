import type { Draft, Recorded, When } from '#events/event';
import type { ReportEvent } from '#events/report';
import type { Mention } from '#libs/decider/acts';
import { checkAct, factsOf, needRole } from '#libs/decider/acts';
import type { Decider } from '#libs/decider/decider';
import { Refused } from '#libs/decider/decider';
import { later } from '#libs/decider/when';
import type {
  FlagInHouse,
  OpenReport,
  ReportCommand,
  SupersedeReport,
  WithdrawReport,
} from '#libs/report/report-command';

/** `unknown`: quoted or compared, but not known to be issued here. */
export type ReportStatus = 'unknown' | 'live' | 'superseded' | 'withdrawn';

/** A laboratory's report as its decider needs it; `null` before its first event. */
export type Report = Readonly<{
  status: ReportStatus;
  /** The stone it was issued for. */
  stone: string | null;
  inHouse: boolean;
  /** Event ids of what policies told this report. */
  told: readonly string[];
  latest: When;
}>;

/** A laboratory's report: its own life, apart from the stone it was issued for. */
export const report: Decider<Report | null, ReportCommand, ReportEvent> = {
  initial: null,
  evolve,
  decide,
};

/** The parties a command names besides the one that acts. */
export function reportMentions(command: ReportCommand): readonly Mention[] {
  return command.type === 'QuoteReport' ? [{ party: command.laboratory, field: 'laboratory' }] : [];
}

function evolve(state: Report | null, event: ReportEvent | Recorded<ReportEvent>): Report {
  const next = apply(state ?? blank(event.meta.at), event);
  return { ...next, latest: later(next.latest, event.meta.at) };
}

function apply(state: Report, event: ReportEvent): Report {
  switch (event.type) {
    case 'ReportOpened': {
      const { stone, cause } = event.data;
      return { ...state, status: 'live', stone, told: [...state.told, cause] };
    }
    case 'GradingReportSuperseded': {
      const { cause } = event.data;
      const told = cause === undefined ? state.told : [...state.told, cause];
      const status = state.status === 'withdrawn' ? 'withdrawn' : 'superseded';
      return { ...state, status, told };
    }
    case 'GradingReportWithdrawn':
      return { ...state, status: 'withdrawn' };
    case 'ReportInHouse':
      return { ...state, inHouse: event.data.inHouse };
    case 'ReportNumberReused':
    case 'ReportCompared':
      return { ...state, told: [...state.told, event.data.cause] };
    case 'ReportQuoted':
      return state;
  }
}

function blank(at: When): Report {
  return { status: 'unknown', stone: null, inHouse: false, told: [], latest: at };
}

function decide(command: ReportCommand, state: Report | null): readonly Draft<ReportEvent>[] {
  switch (command.type) {
    case 'OpenReport':
      return open(command, state);
    case 'CompareReport':
      if (state?.told.includes(command.cause)) return [];
      return [{ type: 'ReportCompared', data: factsOf(command) }];
    case 'OutdateReport':
      if (state?.told.includes(command.cause)) return [];
      return [{ type: 'GradingReportSuperseded', data: factsOf(command) }];
    case 'SupersedeReport':
    case 'WithdrawReport':
    case 'FlagInHouse':
      checkAct(command, state?.latest ?? null);
      return [say(command, state)];
    case 'QuoteReport':
      checkAct(command, state?.latest ?? null);
      if (state?.status === 'withdrawn') {
        throw new Refused('wrong-status', 'the laboratory withdrew the report', {
          status: state.status,
        });
      }
      return [{ type: 'ReportQuoted', data: factsOf(command) }];
  }
}

/** A number that was used before stays the first stone's; that it was used again is recorded. */
function open(command: OpenReport, state: Report | null): readonly Draft<ReportEvent>[] {
  if (state?.told.includes(command.cause)) return [];
  if (!state || state.stone === null) return [{ type: 'ReportOpened', data: factsOf(command) }];
  const { weight: _, ...data } = factsOf(command);
  return [{ type: 'ReportNumberReused', data }];
}

/** Only the laboratory speaks of its report, and only of one that it issued. */
function say(
  command: SupersedeReport | WithdrawReport | FlagInHouse,
  state: Report | null,
): Draft<ReportEvent> {
  const { meta, laboratory, reportNo } = command;
  needRole(meta, 'laboratory');
  if (meta.by !== laboratory) {
    throw new Refused('not-your-act', `this is for ${laboratory} to state`, { by: meta.by });
  }
  if (!state || state.stone === null) {
    throw new Refused('unknown-report', `${laboratory} issued no report ${reportNo} here`);
  }
  if (state.status !== 'live') {
    throw new Refused('wrong-status', `the report is ${state.status}`, { status: state.status });
  }
  switch (command.type) {
    case 'SupersedeReport':
      if (command.successor === reportNo) {
        throw new Refused('to-itself', 'a report is not its own successor', { field: 'successor' });
      }
      return { type: 'GradingReportSuperseded', data: factsOf(command) };
    case 'WithdrawReport':
      return { type: 'GradingReportWithdrawn', data: factsOf(command) };
    case 'FlagInHouse':
      if (state.inHouse === command.inHouse) {
        throw new Refused('wrong-status', 'that is known already', { inHouse: state.inHouse });
      }
      return { type: 'ReportInHouse', data: factsOf(command) };
  }
}
