import type { Command } from 'commander'
export const simulateCommand = (program: Command): void => { program.command('simulate') }
