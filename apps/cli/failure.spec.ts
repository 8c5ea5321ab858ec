import { CommanderError } from 'commander';
import { describe, expect, it } from '@jest/globals';
import { Failure, failureOf, usage } from '#apps/cli/failure';
import { Refused } from '#libs/decider/decider';
import { StoreUnavailable } from '#libs/store/errors';

describe('an error becomes one line', () => {
  it('with the code the ledger gave it', () => {
    expect(failureOf(new Refused('not-owner', 'graff does not hold the title'))).toEqual({
      line: 'error: not-owner: graff does not hold the title',
      exit: 1,
    });
    expect(failureOf(new StoreUnavailable('locked', 'ledger.db is locked'))?.line).toBe(
      'error: store-unavailable: ledger.db is locked',
    );
  });

  it('whatever its message holds', () => {
    expect(failureOf(new Failure('x', 'two\nlines\u001b[31m and a colour'))?.line).toBe(
      'error: x: two lines [31m and a colour',
    );
  });

  it('and exit code 2 when the command line is wrong', () => {
    expect(failureOf(usage('no such day'))).toEqual({ line: 'error: usage: no such day', exit: 2 });
    const unknown = new CommanderError(1, 'commander.unknownOption', "error: unknown option '--x'");
    expect(failureOf(unknown)).toEqual({ line: "error: usage: unknown option '--x'", exit: 2 });
  });

  it('but help that was asked for is none', () => {
    expect(failureOf(new CommanderError(0, 'commander.helpDisplayed', ''))).toBeUndefined();
  });

  it('and a bug is called internal', () => {
    expect(failureOf(new TypeError('x is undefined'))?.line).toBe(
      'error: internal: x is undefined',
    );
    expect(failureOf('thrown text')?.line).toBe('error: internal: thrown text');
  });
});
