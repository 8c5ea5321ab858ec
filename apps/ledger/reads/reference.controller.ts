import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { NoQuery } from '#apps/ledger/body.pipe';
import { Problem } from '#apps/ledger/problem';
import { shows } from '#apps/ledger/shown';
import type { ReferenceName } from '#libs/reference/reference';
import { builtIn, reference } from '#libs/reference/reference';

const names = Object.keys(builtIn) as readonly ReferenceName[];
const example = { name: 'mines.json', sha256: 'ab'.repeat(32), builtIn: true };

function shown(name: ReferenceName) {
  const { sha256 } = reference()[name];
  return { name, sha256, builtIn: sha256 === builtIn[name].sha256 };
}

/** The dated facts that decisions rest on here; a decision records the SHA-256 of those it used. */
@ApiTags('reference')
@Controller('v1/reference')
export class ReferenceController {
  @Get()
  @ApiOperation({
    summary: 'The files of dated facts in use, by the SHA-256 that decisions record',
  })
  @shows('The files, and whether each is this build’s own', { files: [example] })
  files(@Query(NoQuery) _: object) {
    return { files: names.map(shown) };
  }

  @Get(':name')
  @ApiParam({ name: 'name', example: 'mines.json' })
  @ApiOperation({ summary: 'One file of dated facts with its sources' })
  @shows('The facts', { ...example, content: [{ id: 'ru-ebelyakh', country: 'RU' }] })
  file(@Param('name') asked: string, @Query(NoQuery) _: object) {
    const name = names.find((each) => each === asked);
    if (name === undefined) throw new Problem(404, 'not-found', `there is no file ${asked}`);
    return { ...shown(name), content: reference()[name].content };
  }
}
