import { Optional, Text, Texts } from '#apps/ledger/fields';

/**
 * A statement on an invoice or memo, by its version in the reference data; the ledger adds the hash
 * of its text.
 */
export class WarrantyBody {
  @Text(60, 'WDC-2021') readonly version!: string;
  @Optional(Text(60, 'SOW-10042')) readonly sowId?: string;
  @Optional(Texts(2, ['BW'], { most: 60 })) readonly countries?: string[];
}

export const warranty = { version: 'WDC-2021', sowId: 'SOW-10042' };
