import { mineOrigin } from '#libs/origin/origin';
import {
  cut,
  exported,
  handOver,
  inCountry,
  mark,
  polishedStock,
  recognise,
  recover,
  ring,
  sale,
  seed,
  setIn,
} from '#test/golden/trade-acts';
import { afterSale } from '#test/golden/after-sale';
import { paperStories } from '#test/golden/paper-stories';
import type { Act, TradeStory } from '#test/golden/trade-story';
import { mct } from '#test/support/given';

/** Every line of what the product must be able to tell, beside the notable stones. */
export const tradeStories: readonly TradeStory[] = [
  {
    name: 'rough-sales',
    title: 'rough sold under contract, at auction, by tender and spot',
    shown: ['stone-contract', 'stone-auction', 'stone-tender', 'stone-spot'],
    acts: [
      ...['contract', 'auction', 'tender', 'spot'].map((id) => recover(id, '2017-03-01', 12)),
      ...sale('contract', ['alrosa', 'antwerp-client'], '2017-04-01', 'long-term-contract', {
        source: seed('003: long-term agreements with 22 Belgian companies; the buyer is made up'),
      }),
      ...sale('auction', ['alrosa', 'kgk'], '2017-04-02', 'auction'),
      ...sale('tender', ['alrosa', 'mumbai-dealer'], '2017-04-03', 'tender'),
      ...sale('spot', ['alrosa', 'antwerp-client'], '2017-04-04', 'spot'),
    ],
  },
  {
    name: 'antwerp',
    title: 'a shipment to Antwerp under a Kimberley certificate',
    shown: ['stone-rough', 'certificate-ru0000001', 'shipment-rough-box'],
    acts: [
      recover('rough', '2018-02-01', 20),
      ...sale('rough', ['alrosa', 'antwerp-client'], '2018-04-20', 'long-term-contract'),
      ...exported('rough', 20, {
        to: 'antwerp-client',
        country: 'BE',
        office: 'eu-authority',
        number: 'RU0000001',
        on: '2018-04-24',
      }),
      ...handOver('rough', 'alrosa', 'antwerp-client', '2018-04-25'),
    ],
  },
  {
    name: 'vladivostok',
    title: 'a shipment through the Eurasian Diamond Centre in Vladivostok',
    shown: ['stone-rough', 'certificate-ru0000002', 'shipment-rough-box'],
    acts: [
      recover('rough', '2016-06-01', 15),
      {
        by: 'gokhran',
        on: '2016-08-20',
        category: 'stone',
        id: 'rough',
        do: { type: 'PassStateControl', actNo: 'EDC-1', actDate: '2016-08-20' },
      },
      ...sale('rough', ['alrosa', 'kgk'], '2016-08-31', 'spot', {
        source: seed(
          '000: ALROSA sells at the centre since August 2016, KGK of Hong Kong is there',
        ),
      }),
      ...exported('rough', 15, {
        to: 'kgk',
        country: 'HK',
        office: 'cn-authority',
        number: 'RU0000002',
        on: '2016-09-02',
      }),
      ...handOver('rough', 'alrosa', 'kgk', '2016-09-03'),
    ],
  },
  {
    name: 'shanghai-mumbai',
    title: 'sales in Shanghai and Mumbai, and what each measure says of them',
    shown: ['stone-shanghai.1', 'stone-mumbai.1'],
    judged: {
      jurisdictions: ['EU', 'US', 'UK', 'CA', 'JP', 'CH', 'LI'],
      days: ['2023-12-31', '2024-02-29', '2024-03-01', '2024-09-01', '2025-06-01'],
    },
    acts: [
      recover('shanghai', '2016-03-01', 4),
      ...inCountry('RU', cut('shanghai', 'alrosa', '2016-04-01', '2016-10-01')),
      ...sale('shanghai.1', ['alrosa', 'shanghai-dealer'], '2017-05-01', 'spot', {
        source: seed('000: trade at the Shanghai Diamond Exchange is wanted; the buyer is made up'),
      }),
      ...inCountry('CN', handOver('shanghai.1', 'alrosa', 'shanghai-dealer', '2017-05-02')),
      recover('mumbai', '2016-03-01', 4),
      ...sale('mumbai', ['alrosa', 'mumbai-dealer'], '2017-05-03', 'tender', {
        source: seed('000: a trading platform in Mumbai is wanted; the buyer is made up'),
      }),
      ...exported('mumbai', 4, {
        to: 'mumbai-dealer',
        country: 'IN',
        office: 'in-authority',
        number: 'RU0000003',
        on: '2017-05-04',
      }),
      ...inCountry('IN', handOver('mumbai', 'alrosa', 'mumbai-dealer', '2017-05-05')),
      ...inCountry('IN', cut('mumbai', 'mumbai-dealer', '2017-05-10', '2017-09-01')),
    ],
  },
  {
    name: 'us-papers',
    title: 'the US self-certification in force and the country-of-mining declaration announced',
    shown: ['stone-canadian.1'],
    judged: {
      jurisdictions: ['US'],
      days: [
        '2024-02-29',
        '2024-03-01',
        '2025-01-13',
        '2025-01-14',
        '2025-02-20',
        '2025-02-21',
        '2025-04-30',
        '2025-09-01',
      ],
      whole: true,
    },
    acts: [
      {
        by: 'mumbai-dealer',
        on: '2023-11-10',
        where: 'IN',
        category: 'stone',
        id: 'canadian',
        do: {
          type: 'OpenHistory',
          form: 'rough',
          weight: mct(4_000),
          origin: mineOrigin('CA', 'ca-gahcho-kue', 'segregated'),
          owner: 'mumbai-dealer',
          basis: 'bought as rough',
        },
      },
      ...inCountry('IN', cut('canadian', 'mumbai-dealer', '2023-11-20', '2024-01-10')),
      ...(['us-self-certification', 'us-country-of-mining'] as const).map((kind): Act => {
        const paper =
          kind === 'us-self-certification'
            ? ({ kind, statement: 'loose' } as const)
            : ({ kind, countries: ['CA'] } as const);
        const document = { type: kind, sha256: 'a'.repeat(64) };
        return {
          by: 'mumbai-dealer',
          on: '2025-04-20',
          where: 'IN',
          category: 'stone',
          id: 'canadian.1',
          do: { type: 'AttachEvidence', evidenceNo: kind, paper, document },
        };
      }),
    ],
  },
  {
    name: 'hallmarks',
    title: 'jewellery made in Russia and Belarus, its marks and their recognition',
    shown: ['jewellery-russian', 'jewellery-belarusian', 'stone-a', 'stone-b'],
    judged: { jurisdictions: ['EU', 'CH', 'LI', 'CA'], days: ['2025-04-04', '2025-10-01'] },
    acts: [
      polishedStock('a', 'smolensk-jeweller', '2025-03-01'),
      polishedStock('b', 'minsk-jeweller', '2025-03-01'),
      ring('russian', 'smolensk-jeweller', '2025-03-10'),
      ring('belarusian', 'minsk-jeweller', '2025-03-10'),
      setIn('a', 'russian', 'smolensk-jeweller', '2025-03-11'),
      setIn('b', 'belarusian', 'minsk-jeweller', '2025-03-11'),
      { ...mark('ru-assay', 'russian', '2025-03-20'), refused: 'uin-needed' },
      mark('ru-assay', 'russian', '2025-03-20', '6430000000000001'),
      mark('by-assay', 'belarusian', '2025-03-20'),
      { ...recognise('by-assay', 'russian', 'BY', 'RU', '2025-04-04'), refused: 'not-recognised' },
      {
        ...recognise('ru-assay', 'belarusian', 'RU', 'BY', '2025-10-01'),
        refused: 'not-recognised',
      },
    ],
  },
  {
    name: 'warranties',
    title: 'System of Warranties statements, each in the wording of its day',
    shown: ['stone-w'],
    acts: [
      recover('w', '2020-01-15', 8),
      ...sale('w', ['alrosa', 'antwerp-client'], '2020-02-01', 'spot'),
      {
        ...(sale('w', ['antwerp-client', 'kgk'], '2021-10-01', 'spot', {
          warranty: { version: 'WDC-2021' },
        })[2] as Act),
        refused: 'sow-id-needed',
      },
      ...sale('w', ['antwerp-client', 'kgk'], '2021-10-01', 'spot', {
        warranty: { version: 'WDC-2021', sowId: 'SOW-1' },
      }),
      {
        ...(sale('w', ['kgk', 'mumbai-dealer'], '2024-09-22', 'spot')[2] as Act),
        refused: 'warranty-not-valid',
      },
    ],
  },
  {
    name: 'laboratory-grown',
    title: 'laboratory-grown stones in a natural parcel',
    shown: ['parcel-melee', 'parcel-melee.1'],
    acts: (
      [
        {
          type: 'OpenParcelHistory',
          form: 'polished',
          content: { weight: mct(45_000), pieces: 1_000 },
          origin: mineOrigin('RU', 'ru-jubilee', 'segregated'),
          owner: 'mumbai-dealer',
          sieve: '+6.5-11',
          basis: 'stock of the house',
        },
        {
          type: 'ScreenParcel',
          instrument: 'screening instrument',
          standard: 'ISO 6893:2024',
          sampleSize: 200,
          referrals: 2,
        },
        {
          type: 'TakeOutLaboratoryGrown',
          instrument: 'phosphorescence',
          content: { weight: mct(90), pieces: 2 },
        },
      ] as const
    ).map((act, n) => ({
      by: 'mumbai-dealer',
      on: `2018-05-${17 + n}`,
      category: 'parcel',
      id: 'melee',
      do: act,
    })),
  },
  {
    name: 'suspended-mine',
    title: 'mines whose operation is suspended',
    shown: ['stone-before', 'stone-last'],
    acts: [
      recover('before', '2025-03-31', 11, 'ru-khara-mas'),
      {
        ...recover('after', '2025-04-01', 11, 'ru-khara-mas'),
        source: seed('001: less profitable sites were suspended'),
        refused: 'mine-not-operating',
      },
      recover('last', '2025-06-14', 11, 'ru-verkhne-munskoye'),
      {
        ...recover('too-late', '2025-06-15', 11, 'ru-verkhne-munskoye'),
        refused: 'mine-not-operating',
      },
    ],
  },
  afterSale,
  ...paperStories,
];
