import type { Client } from '#test/e2e/client';
import { created } from '#test/e2e/client';
import type { Service } from '#test/e2e/service';
import { toLondon } from '#test/support/kimberley';

export const on = (time: string) => ({ time, precision: 'day' });
export const weight = (mct: number) => ({ mct, qualifier: 'eq', basis: 'weighed' });
const held = { countries: [], mineIds: [], chainOfCustody: 'unknown' };

/**
 * Tells a new ledger something of each category, from March 2024 on: `karowe`, which is answered,
 * states most of it and hands a rough stone over on 2024-06-02. All views have counted it.
 */
export async function tellOfThen(service: Service): Promise<Client> {
  const mine = await service.party('karowe', ['producer', 'dealer', 'jeweller']);
  const dealer = await service.party('graff', ['dealer', 'jeweller']);
  const office = await service.party('gdo', ['authority']);
  const gia = await service.party('gia', ['laboratory']);
  const act = (by: Client, path: string, body: object) => created(by.post(`/v1/${path}`, body));
  const rough = { mineId: 'bw-karowe', weight: weight(12_000), at: on('2024-03-10') };
  await act(mine, 'stones/rough/recover-rough', rough);
  await act(mine, 'stones/rough/name-stone', { name: 'Sum', at: on('2024-03-11') });
  const content = { weight: weight(900_000) };
  const lot = { mineId: 'bw-karowe', from: on('2024-03-01'), to: on('2024-03-09'), content };
  await act(mine, 'parcels/lot/recover-lot', { ...lot, at: on('2024-03-10') });
  const ring = { description: 'ring', metal: 'gold', fineness: 750, grossMg: 4200 };
  await act(mine, 'jewellery/ring-7/make-item', { ...ring, at: on('2024-03-10') });
  await act(office, 'certificates/EU77/issue-certificate', {
    number: 'EU77',
    ...toLondon,
    at: on('2025-04-04'),
  });
  await act(mine, 'stones/old/open-history', {
    form: 'polished',
    weight: weight(1_010),
    origin: held,
    basis: 'inherited',
    at: on('2024-03-10'),
  });
  const report = { reportNo: '77', weight: { ...weight(1_010), basis: 'reported' } };
  await act(mine, 'stones/old/submit-to-laboratory', {
    laboratory: 'gia',
    service: 'grading',
    at: on('2024-04-01'),
  });
  await act(gia, 'stones/old/issue-report', { ...report, at: on('2024-04-02') });
  const goods = [{ stream: 'parcel-lot', hs: '710210', mct: 900_000 }];
  const journey = { consignee: 'graff', from: 'BW', to: 'BE', goods, parcels: 1 };
  await act(mine, 'shipments/sent/create-shipment', { ...journey, at: on('2024-05-01') });
  const release = { to: 'graff', purpose: 'sale', at: on('2024-06-01') };
  await act(mine, 'stones/rough/release-custody', release);
  const light = { weight: weight(9_000), at: on('2024-06-02') };
  await act(dealer, 'stones/rough/accept-custody', light);
  await service.ready();
  await mine.get(`/v1/flags?at-least=${String(await service.end())}`);
  return mine;
}
