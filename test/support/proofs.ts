import type { Paper } from '#events/evidence';

/** A paper of each kind that proves something for goods, whatever they are of; stays and work apart. */
export const proofs: readonly Paper[] = [
  { kind: 'kimberley-certificate', number: 'BW1', origin: { kind: 'single', country: 'BW' } },
  { kind: 'kimberley-certificate', number: 'BW2', origin: { kind: 'mixed-undisclosed' } },
  {
    kind: 'kimberley-certificate',
    number: 'BW3',
    origin: { kind: 'mixed-listed', countries: ['BW', 'RU'] },
  },
  { kind: 'g7-certificate', number: 'G7' },
  { kind: 'meti-confirmation', number: 'M1' },
  { kind: 'due-diligence-statement', signatory: 'J. P.' },
  { kind: 'cbsa-attestation', signatory: 'M. R.' },
  { kind: 'supplier-declaration', supplier: 'KGK' },
  { kind: 'us-self-certification', statement: 'loose' },
  { kind: 'us-self-certification', statement: 'jewellery' },
  { kind: 'us-licence-statement', licence: 'GL103' },
  { kind: 'us-licence-statement', licence: 'GL104' },
  { kind: 'licence', number: 'L1', scope: 'loan' },
];
