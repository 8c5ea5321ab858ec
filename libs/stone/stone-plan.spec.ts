import { describe, expect, it } from '@jest/globals';
import {
  act,
  annul,
  codeOf,
  correct,
  ledger,
  newLedger,
  recovered,
} from '#test/support/correcting';
import { mct } from '#test/support/given';

const plan = { planNo: 'PLAN-3', outputs: [{ shape: 'round', plannedMct: 90_000 }] };
const polished = { type: 'ProducePolished', weight: mct(89_000), planNo: 'PLAN-3' };

/** Entries 0 recovered, 1 begun, 2 planned, 3 made. */
async function planned(): Promise<void> {
  await newLedger();
  await recovered();
  await act('stone-dawn', { type: 'StartManufacturing', orderNo: '1' });
  await act('stone-dawn', { type: 'ApproveCuttingPlan', ...plan });
}

describe('the plan that a polished stone is made by', () => {
  it('is one of the rough it comes out of, and stays with that', async () => {
    await planned();
    expect(await codeOf(act('stone-dawn', { ...polished, planNo: 'PLAN-4' }))).toBe('unknown-plan');
    await act('stone-dawn', polished);
    const [made] = (await ledger.store.read('stone-dawn')).slice(-1);
    expect(made?.data).toMatchObject({ n: 1, planNo: 'PLAN-3' });
    const [opened] = await ledger.store.read('stone-dawn.1');
    expect(opened?.data).not.toHaveProperty('planNo');
  });

  it('stands or falls with the plan when that is corrected or annulled', async () => {
    await planned();
    await act('stone-dawn', polished);
    expect(await codeOf(annul('stone-dawn', 2))).toBe('later-act-falls');
    expect(await codeOf(correct('stone-dawn', 3, 'data.planNo', 'PLAN-9'))).toBe('unknown-plan');
    expect(await codeOf(correct('stone-dawn', 3, 'data.planNo', null))).toBeUndefined();
    expect(await codeOf(annul('stone-dawn', 2))).toBeUndefined();
  });
});
