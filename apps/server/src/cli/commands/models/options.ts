import { type Command, InvalidArgumentError, Option } from 'commander'

/** `--format`, on every command that prints rows. */
export const withFormat = (command: Command): Command =>
  command.addOption(
    new Option('--format <format>', 'what is printed on standard output')
      .choices(['csv', 'json'])
      .default('csv'),
  )

/** A decimal number within bounds, for options. */
export const decimal =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text)
    if (text.trim() === '' || !(value >= least && value <= most))
      throw new InvalidArgumentError(`give a number from ${least} to ${most}`)
    return value
  }

/** A number greater than 0 and less than 1. */
export const openProbability = (text: string): number => {
  const value = Number(text)
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError('give a number between 0 and 1')
  return value
}
