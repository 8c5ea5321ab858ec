import { OneOf, Optional, Text, Texts } from '#apps/ledger/fields';
import type { WarrantyVersion } from '#events/values';

const versions: readonly WarrantyVersion[] = ['WDC-2002', 'WDC-2021', 'WFDB-natural'];

/** A statement on an invoice or memo; the ledger adds the hash of its text. */
export class WarrantyBody {
  @OneOf(versions, 'WDC-2021') readonly version!: WarrantyVersion;
  @Optional(Text(60, 'SOW-10042')) readonly sowId?: string;
  @Optional(Texts(2, ['BW'], { most: 60 })) readonly countries?: string[];
}

export const warranty = { version: 'WDC-2021', sowId: 'SOW-10042' };
