import { resolve } from 'node:path'
import { isCivilDate } from '@guankou/domain/places/calendar.ts'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Level } from 'pino'
import { scaleRates, usualRates } from '#src/http/rate-limits.ts'
import { isContact } from '#src/http/security-txt.ts'

export type InstallationOptions = {
  readonly dataFolder: string
  readonly databaseUrl: string | undefined
  readonly logLevel: Level
}

export type NetworkOptions = {
  readonly host: string
  readonly port: number
  readonly trustProxy: boolean
  readonly rateFactor: number
  readonly securityContact: readonly string[]
  readonly models: boolean
}

export const defaultPort = 8720

const parsePort = (text: string): number => {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('a port is a number from 0 to 65535')
  return port
}

/** A whole number within bounds, for options such as seeds and counts. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`give a whole number from ${least} to ${most}`)
    return value
  }

const contactList = (text: string, given: readonly string[] = []): readonly string[] => {
  const contacts = text.split(/[\s,]+/).filter((each) => each !== '')
  if (!contacts.every(isContact))
    throw new InvalidArgumentError('give addresses that begin with mailto:, https: or tel:')
  return [...given, ...contacts]
}

/** How the server meets the network, from what the command line says. */
export const edgeOf = ({ host, port, trustProxy, rateFactor, securityContact, models }: NetworkOptions) => ({
  host,
  port,
  trustProxy,
  runsModels: models,
  rates: scaleRates(usualRates, rateFactor),
  securityContact: { contacts: securityContact },
})

/** A calendar day, for options that name one. */
export const civilDay = (text: string): string => {
  if (!isCivilDate(text)) throw new InvalidArgumentError('give a day as 2020-01-18')
  return text
}

/** Where the data is; on every command. */
export const withInstallation = (command: Command): Command =>
  command
    .addOption(
      new Option('--data-folder <folder>', 'folder of the embedded database and the keys')
        .env('GUANKOU_DATA_FOLDER')
        .default('./data')
        .argParser((folder) => resolve(folder)),
    )
    .addOption(
      new Option('--database-url <url>', 'own PostgreSQL 15 or newer instead of the embedded one').env(
        'DATABASE_URL',
      ),
    )
    .addOption(
      new Option('--log-level <level>', 'how much is logged')
        .env('LOG_LEVEL')
        .choices(['fatal', 'error', 'warn', 'info', 'debug', 'trace'])
        .default('warn'),
    )

/** Where the server listens. */
export const withNetwork = (command: Command): Command =>
  command
    .addOption(new Option('--host <address>', 'address to listen on').env('HOST').default('127.0.0.1'))
    .addOption(
      new Option('--port <port>', 'port to listen on; 0 takes a free one')
        .env('PORT')
        .default(defaultPort)
        .argParser(parsePort),
    )
    .option('--trust-proxy', 'believe X-Forwarded-* of a proxy in front', false)
    .option('--no-models', 'leave the models to another server of the same database')
    .addOption(
      new Option(
        '--rate-factor <times>',
        'multiplies every limit on calls, for tests of load from one session',
      )
        .env('GUANKOU_RATE_FACTOR')
        .default(1)
        .argParser(wholeNumber(1, 1_000_000)),
    )
    .addOption(
      new Option(
        '--security-contact <address...>',
        'mailto:, https: or tel: address for reports of weaknesses, served as /.well-known/security.txt',
      )
        .env('GUANKOU_SECURITY_CONTACT')
        .default([])
        .argParser(contactList),
    )
