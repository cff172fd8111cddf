import { migrate } from '@guankou/db/migrate.ts'
import type { Command } from 'commander'
import { openInstallation } from '#src/cli/installation.ts'
import { listen } from '#src/cli/listen.ts'
import {
  type InstallationOptions,
  type NetworkOptions,
  withInstallation,
  withNetwork,
} from '#src/cli/options.ts'
import { say } from '#src/cli/progress.ts'
import { untilToldToStop } from '#src/cli/until-told-to-stop.ts'

const serve = async (options: InstallationOptions & NetworkOptions): Promise<void> => {
  const told = untilToldToStop()
  const installation = await openInstallation(options, { beside: false })
  try {
    await migrate(installation.db.pool)
    const server = await listen(installation, options)
    say({ en: `Listening on ${server.address}`, zh: '服务已启动' })
    await told
    say({ en: 'Stopping', zh: '正在停止' })
    await server.close()
  } finally {
    await installation.close()
  }
}

export const serveCommand = (program: Command): void => {
  withNetwork(withInstallation(program.command('serve')))
    .description('run the server on the data folder, migrating it first; loads no demo city')
    .action(serve)
}
