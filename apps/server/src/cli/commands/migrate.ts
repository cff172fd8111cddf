import { migrate } from '@guankou/db/migrate.ts'
import type { Command } from 'commander'
import { openInstallation } from '#src/cli/installation.ts'
import { type InstallationOptions, withInstallation } from '#src/cli/options.ts'
import { say } from '#src/cli/progress.ts'

const run = async (options: InstallationOptions): Promise<void> => {
  const installation = await openInstallation(options, { beside: true })
  try {
    const applied = await migrate(installation.db.pool)
    for (const name of applied) say({ en: `Applied ${name}`, zh: '已执行' })
    if (applied.length === 0) say({ en: 'The database is up to date', zh: '数据库已是最新' })
  } finally {
    await installation.close()
  }
}

export const migrateCommand = (program: Command): void => {
  withInstallation(program.command('migrate'))
    .description('bring the database to the newest schema, forward only')
    .action(run)
}
