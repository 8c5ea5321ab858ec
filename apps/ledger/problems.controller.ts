import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Open } from '#apps/ledger/key.guard';
import { Problem } from '#apps/ledger/problem';
import { problemCodes } from '#apps/ledger/problem-codes';
import { shows } from '#apps/ledger/shown';
import { refusalCodes } from '#libs/decider/codes';

const meanings: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...problemCodes, ...refusalCodes }),
);

const example = { code: 'invalid-query', meaning: problemCodes['invalid-query'] };

/** What the `type` of a problem leads to (RFC 9457 §3.1.1). */
@ApiTags('operation')
@Controller('problems')
export class ProblemsController {
  @Get()
  @Open('anyone')
  @ApiOperation({ summary: 'Every code that a problem may carry, and what it means' })
  @shows('The codes', { problems: [example] })
  all() {
    return { problems: [...meanings].map(([code, meaning]) => ({ code, meaning })) };
  }

  @Get(':code')
  @Open('anyone')
  @ApiParam({ name: 'code', example: 'invalid-query' })
  @ApiOperation({ summary: 'What a code means' })
  @shows('The code', example)
  one(@Param('code') code: string) {
    const meaning = meanings.get(code);
    if (meaning !== undefined) return { code, meaning };
    throw new Problem(404, 'not-found', 'no problem carries this code', [
      { field: 'code', message: 'is no code of this service' },
    ]);
  }
}
