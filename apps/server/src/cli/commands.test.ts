import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { commands, commandsFor } from './commands.ts'

const namesOf = async (args: readonly string[]): Promise<readonly string[]> => {
  const program = new Command('guankou')
  for (const add of await commandsFor(args)) add(program)
  return program.commands.map((command) => command.name())
}

describe('the commands of the command line', () => {
  it('stand in the file that their name leads to', async () => {
    for (const name of Object.keys(commands)) expect(await namesOf([name, '--help'])).toEqual([name])
  })

  it.each([[[]], [['--help']], [['help', 'serve']], [['fly']], [['constructor']]])(
    'are all there for %j',
    async (args) => {
      expect(await namesOf(args)).toEqual(Object.keys(commands))
    },
  )
})
