import { describe, expect, it } from '@jest/globals';
import { evolveHolding, heldBy, type Holding } from '#libs/trade/holding';
import { decidePacking } from '#libs/trade/packing';
import { as, stated } from '#test/support/given';

const pack = { type: 'PackGoods', shipment: 's1', cause: 'c1', meta: as('alrosa') } as const;
const latest = pack.meta.at;
const at = (holding: Holding) => ({ holding, latest });
const data = { shipment: 's1', cause: 'c1' };
const loose = heldBy('alrosa', 'alrosa');
const packed = evolveHolding(loose, stated('alrosa', { type: 'GoodsPacked' as const, data }));
const refused = (code: string, cause = 'c1') => [
  { type: 'PackingRefused', data: { shipment: 's1', cause, code } },
];

describe('goods', () => {
  it('go into one shipment, once for each cause', () => {
    expect(decidePacking(pack, at(loose), false)).toEqual([{ type: 'GoodsPacked', data }]);
    expect(decidePacking(pack, at(packed), false)).toEqual([]);
    expect(decidePacking({ ...pack, cause: 'c2' }, at(packed), false)).toEqual(
      refused('goods-packed', 'c2'),
    );
  });

  it('do not go in from other hands, on hold, or when they are no longer', () => {
    expect(decidePacking(pack, at(heldBy('kgk', 'alrosa')), false)).toEqual(
      refused('not-custodian'),
    );
    const lost = { ...loose, missing: 'lost' } as const;
    expect(decidePacking(pack, at(lost), false)).toEqual(refused('not-clear'));
    expect(decidePacking(pack, at(loose), true)).toEqual(refused('consumed'));
    expect(decidePacking(pack, null, false)).toEqual([]);
  });

  it('do not go in when something happened to them since', () => {
    const since = { holding: loose, latest: { time: '2099-01-01', precision: 'day' } } as const;
    expect(decidePacking(pack, since, false)).toEqual(refused('out-of-order'));
  });

  it('come out of the shipment they are in, and of no other', () => {
    const unpack = { ...pack, type: 'UnpackGoods', cause: 'c3' } as const;
    expect(decidePacking(unpack, at(packed), false)).toEqual([
      { type: 'GoodsUnpacked', data: { shipment: 's1', cause: 'c3' } },
    ]);
    expect(decidePacking({ ...unpack, shipment: 's2' }, at(packed), false)).toEqual([]);
  });

  it('are told once what their shipment passed through, also when they are no longer', () => {
    const pass = { ...pack, type: 'PassGoods', country: 'AE', cause: 'c4' } as const;
    const told = {
      type: 'GoodsTransited' as const,
      data: { shipment: 's1', country: 'AE', cause: 'c4' },
    };
    expect(decidePacking(pass, at(packed), true)).toEqual([told]);
    const after = evolveHolding(packed, stated('alrosa', told));
    expect(decidePacking(pass, at(after), false)).toEqual([]);
  });

  it('are put on hold in quarantine, once', () => {
    const stop = {
      type: 'QuarantineGoods',
      holdNo: 'kp-1',
      reason: 'x',
      meta: as('gjepc'),
    } as const;
    const hold = {
      type: 'HoldPlaced' as const,
      data: { holdNo: 'kp-1', reason: 'x', officer: 'gjepc', rule: 'kimberley-forgery' },
    };
    expect(decidePacking(stop, at(packed), false)).toEqual([hold]);
    const held = evolveHolding(packed, stated('gjepc', hold));
    expect(decidePacking(stop, at(held), false)).toEqual([]);
  });
});
