import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'

/** Runs a model; where it refuses its arguments with a RangeError, the command ends as one with a bad input file. */
export const withBadInput = async <T>(file: string, work: () => T | Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new CommandFailure(`${file} was refused · 文件被拒绝\n  ${error.message}`, exitCodes.badInput, {
      cause: error,
    })
  }
}
