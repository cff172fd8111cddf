import type { Command } from 'commander'
import { allocateCommand } from '#src/cli/commands/models/allocate.ts'
import { allocateReplayCommand } from '#src/cli/commands/models/allocate-replay.ts'
import { detectCommand } from '#src/cli/commands/models/detect.ts'
import { fairnessCommand } from '#src/cli/commands/models/fairness.ts'
import { forecastCommand } from '#src/cli/commands/models/forecast.ts'
import { importCasesCommand } from '#src/cli/commands/models/import-cases.ts'
import { originRiskCommand } from '#src/cli/commands/models/origin-risk.ts'
import { yieldCommand } from '#src/cli/commands/models/yield.ts'

/** One file in `models/` for each command. */
const commands: readonly ((models: Command) => void)[] = [
  detectCommand,
  forecastCommand,
  allocateReplayCommand,
  allocateCommand,
  fairnessCommand,
  yieldCommand,
  originRiskCommand,
  importCasesCommand,
]

/** The models on files: no database, no installation. */
export const modelsCommand = (program: Command): void => {
  const models = program
    .command('models')
    .description('monitoring models on files; rows go to standard output, progress to standard error')
  for (const add of commands) add(models)
}
