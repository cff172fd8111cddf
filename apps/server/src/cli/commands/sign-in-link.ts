import { type Role, roles } from '@guankou/contract/roles.ts'
import { type Command, Option } from 'commander'
import { openInstallation } from '#src/cli/installation.ts'
import { defaultPort, type InstallationOptions, withInstallation } from '#src/cli/options.ts'
import { makeLink, requireAccount } from '#src/cli/sign-in-links.ts'

type Options = InstallationOptions & {
  readonly login?: string
  readonly role?: Role
  readonly front?: 'field' | 'console'
  readonly origin: string
}

const run = async (options: Options): Promise<void> => {
  const installation = await openInstallation(options, { beside: true })
  try {
    const account = await requireAccount(installation.db, options)
    const link = await makeLink(installation.db, account, options.origin, options.front)
    process.stdout.write(`${link.url}\n`)
  } finally {
    await installation.close()
  }
}

export const signInLinkCommand = (program: Command): void => {
  withInstallation(program.command('sign-in-link'))
    .description('print a one-time sign-in link, good for one use within 24 hours')
    .option('--login <login>', 'login of the account')
    .addOption(new Option('--role <role>', 'first account with this role').choices([...roles]))
    .addOption(new Option('--front <front>', 'which front it opens').choices(['field', 'console']))
    .option('--origin <origin>', 'where the server is reached', `http://localhost:${defaultPort}`)
    .action(run)
}
