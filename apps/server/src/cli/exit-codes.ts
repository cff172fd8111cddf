/** Exit codes of `guankou`, as `--help` lists them. */
export const exitCodes = {
  done: 0,
  /** A check found what it looks for: roll-ups differ from facts, shares do not fit. */
  differs: 1,
  /** A wrong option or a bad input file. */
  badInput: 2,
  /** The machine or the database does not let us: port, disk, data folder, connection. */
  environment: 3,
} as const

export const exitCodeHelp = `
Exit codes:
  0  done
  1  a check found a difference
  2  wrong options or a bad input file
  3  port, disk, data folder or database does not allow it
`

/** An end with a sentence for the person at the terminal instead of a stack. */
export class CommandFailure extends Error {
  readonly exitCode: number
  constructor(message: string, exitCode: number, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CommandFailure'
    this.exitCode = exitCode
  }
}
