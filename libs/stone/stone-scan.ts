import type { Draft } from '#events/event';
import type { StoneEvent } from '#events/stone';
import { checkSha256, factsOf } from '#libs/decider/acts';
import { Refused } from '#libs/decider/decider';
import type { MatchRoughScan, ScanRough } from '#libs/stone/stone-command';
import type { Stone } from '#libs/stone/stone-state';
import { scanKey } from '#libs/stone/stone-state';
import { wholePpm } from '#libs/origin/origin';
import { needCustody } from '#libs/trade/holder';

/** Fingerprints are of rough only: cutting takes away the surface that was scanned. */
export function decideScan(command: ScanRough | MatchRoughScan, state: Stone): Draft<StoneEvent> {
  const { meta, provider } = command;
  needCustody(meta, state.holding);
  if (state.form === 'polished') throw new Refused('not-rough', 'only rough can be scanned');
  switch (command.type) {
    case 'ScanRough':
      checkSha256(command.scanSha256, 'scanSha256');
      if (state.scans.includes(scanKey(command))) {
        throw new Refused('scan-exists', `${provider} already has scan ${command.scanId}`);
      }
      return { type: 'RoughScanned', data: factsOf(command) };
    case 'MatchRoughScan':
      checkKnown(state, provider, command.scanId, 'scanId');
      checkKnown(state, provider, command.againstScanId, 'againstScanId');
      if (command.scanId === command.againstScanId) {
        throw new Refused('scan-exists', 'a scan is not compared with itself', {
          field: 'againstScanId',
        });
      }
      checkActive(state, command);
      checkScore(command);
      return { type: 'RoughScanMatched', data: factsOf(command) };
  }
}

function checkKnown(state: Stone, provider: string, scanId: string, field: string): void {
  if (state.scans.includes(scanKey({ provider, scanId }))) return;
  throw new Refused('unknown-scan', `${provider} has no scan ${scanId} of this stone`, { field });
}

/** What is compared is compared with the one fingerprint of the provider that counts (domain §4). */
function checkActive({ fingerprints }: Stone, { provider, againstScanId }: MatchRoughScan): void {
  const active = fingerprints[provider];
  if (active === againstScanId) return;
  throw new Refused('not-active-scan', `the fingerprint by ${provider} is scan ${active}`, {
    field: 'againstScanId',
    active,
  });
}

/** A score says by itself whether scans match, where the tolerance is said. */
function checkScore({ matched, scorePpm, tolerancePpm }: MatchRoughScan): void {
  const isShare = (ppm: number) => Number.isSafeInteger(ppm) && ppm >= 0 && ppm <= wholePpm;
  for (const [field, ppm] of Object.entries({ scorePpm, tolerancePpm })) {
    if (ppm === undefined || isShare(ppm)) continue;
    throw new Refused('bad-score', `${field} is 0 to ${wholePpm} ppm`, { field });
  }
  if (scorePpm === undefined || tolerancePpm === undefined) return;
  if (wholePpm - scorePpm <= tolerancePpm === matched) return;
  const said = `${scorePpm} ppm is ${matched ? 'outside' : 'within'} the tolerance`;
  throw new Refused('bad-score', said, { field: 'matched', scorePpm, tolerancePpm });
}
