import { accountRoles, type Role } from '@guankou/contract/roles.ts'
import { insertAccount, setAccountDisabled } from '@guankou/db/queries/access/accounts.ts'
import { revokeSessionsOf } from '@guankou/db/queries/access/sessions.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { v7 } from 'uuid'
import { CommandFailure, exitCodes } from '#src/cli/exit-codes.ts'
import { openInstallation } from '#src/cli/installation.ts'
import { defaultPort, type InstallationOptions, wholeNumber, withInstallation } from '#src/cli/options.ts'
import { makeLink, requireAccount } from '#src/cli/sign-in-links.ts'

const loginText = (text: string): string => {
  if (!/^[a-z0-9][a-z0-9._-]{1,63}$/.test(text))
    throw new InvalidArgumentError('a login is 2 to 64 small letters, digits and . _ -')
  return text
}

type AddOptions = InstallationOptions & {
  readonly login: string
  readonly role: Role
  readonly area: number
  readonly nameZh: string
  readonly nameEn: string
  readonly origin: string
}

const audited = (action: string, subject: string, detail: string | null) => ({
  accountId: null,
  deviceId: null,
  action,
  subject,
  outcome: 'done',
  detail,
})

const add = async (options: AddOptions): Promise<void> => {
  const installation = await openInstallation(options, { beside: true })
  const { db } = installation
  try {
    const { login, role, area } = options
    const name = { zh: options.nameZh, en: options.nameEn }
    const account = { id: v7(), login, name, role, areaCode: area, crew: null }
    const isMade = await db.query.transaction().execute(async (tx) => {
      if (!(await insertAccount(tx, account))) return false
      const entry = audited('access.create-account', account.id, `${role}, ${area}, at the command line`)
      await recordAudit(executeIn(tx), area, [entry], Date.now())
      return true
    })
    if (!isMade)
      throw new CommandFailure(`The login ${login} is taken. · 登录名已被使用。`, exitCodes.badInput)
    if (role !== 'service-account')
      process.stdout.write(`${(await makeLink(db, account, options.origin)).url}\n`)
  } finally {
    await installation.close()
  }
}

const disable = async (options: InstallationOptions & { readonly login: string }): Promise<void> => {
  const installation = await openInstallation(options, { beside: true })
  const { db } = installation
  try {
    const account = await requireAccount(db, options)
    const now = new Date()
    await db.query.transaction().execute(async (tx) => {
      await setAccountDisabled(tx, account.id, now)
      await revokeSessionsOf(tx, account.id, now)
      const entry = audited('access.disable-account', account.id, 'at the command line')
      await recordAudit(executeIn(tx), account.areaCode, [entry], now.getTime())
    })
  } finally {
    await installation.close()
  }
}

/** Accounts without the console: the first administrator of a city, and the last resort against a lost one. */
export const accountCommand = (program: Command): void => {
  const account = program.command('account').description('make accounts, and take them out of use')
  withInstallation(account.command('add'))
    .description('make an account and print its one-time sign-in link')
    .requiredOption('--login <login>', 'login of the account', loginText)
    .addOption(new Option('--role <role>', 'what it may do').choices([...accountRoles]).makeOptionMandatory())
    .requiredOption('--area <code>', 'division code of its area', wholeNumber(100_000, 999_999))
    .requiredOption('--name-zh <name>', 'name or post in Chinese')
    .requiredOption('--name-en <name>', 'name or post in English')
    .option('--origin <origin>', 'where the server is reached', `http://localhost:${defaultPort}`)
    .action(add)
  withInstallation(account.command('disable'))
    .description('end the sessions of an account and let nobody sign in with it')
    .requiredOption('--login <login>', 'login of the account')
    .action(disable)
}
