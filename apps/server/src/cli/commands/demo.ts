import type { Command } from 'commander'
export const demoCommand = (program: Command): void => { program.command('demo') }
