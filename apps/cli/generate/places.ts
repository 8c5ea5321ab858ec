import type { Place } from '#events/event';

/** A trading or cutting town. Without a known UN/LOCODE the name stands alone. */
function town(country: string, text: string, unlocode?: string): Place {
  return unlocode === undefined ? { country, text } : { country, unlocode, text };
}

export const antwerp = town('BE', 'Antwerp', 'BEANR');
export const bangkok = town('TH', 'Bangkok', 'THBKK');
export const carlsbad = town('US', 'Carlsbad');
export const dubai = town('AE', 'Dubai', 'AEDXB');
export const gaborone = town('BW', 'Gaborone', 'BWGBE');
export const geneva = town('CH', 'Geneva');
export const hongKong = town('HK', 'Hong Kong', 'HKHKG');
export const johannesburg = town('ZA', 'Johannesburg', 'ZAJNB');
export const london = town('GB', 'London', 'GBLON');
export const minsk = town('BY', 'Minsk', 'BYMSQ');
export const moscow = town('RU', 'Moscow', 'RUMOW');
export const mumbai = town('IN', 'Mumbai', 'INBOM');
export const newYork = town('US', 'New York', 'USNYC');
export const ramatGan = town('IL', 'Ramat Gan');
export const shanghai = town('CN', 'Shanghai', 'CNSHA');
export const singapore = town('SG', 'Singapore', 'SGSIN');
export const smolensk = town('RU', 'Smolensk');
export const surat = town('IN', 'Surat', 'INSTV');
export const tokyo = town('JP', 'Tokyo', 'JPTYO');
export const vladivostok = town('RU', 'Vladivostok', 'RUVVO');
export const windhoek = town('NA', 'Windhoek', 'NAWDH');
export const yakutsk = town('RU', 'Yakutsk', 'RUYKS');
export const yerevan = town('AM', 'Yerevan', 'AMEVN');
