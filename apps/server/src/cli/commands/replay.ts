import type { Command } from 'commander'
export const replayCommand = (program: Command): void => { program.command('replay') }
