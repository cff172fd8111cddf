import type { Command } from 'commander'
import { detectCommand } from '#src/cli/commands/models/detect.ts'
import { allocateReplayCommand } from './models/allocate-replay.ts'

/** One file in `models/` for each command. */
const commands: readonly ((models: Command) => void)[] = [detectCommand, allocateReplayCommand]

/** The models on files: no database, no installation. */
export const modelsCommand = (program: Command): void => {
  const models = program
    .command('models')
    .description('monitoring models on files; rows go to standard output, progress to standard error')
  for (const add of commands) add(models)
}
