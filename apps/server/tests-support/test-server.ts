import { Writable } from 'node:stream'
import { type Client, createClient } from '@guankou/contract/client.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { type Database, openDatabase } from '@guankou/db/database.ts'
import { migrate } from '@guankou/db/migrate.ts'
import { findAccountByLogin, insertAccounts } from '@guankou/db/queries/access/accounts.ts'
import type { DatabaseTemplate } from '@guankou/testkit/postgres/test-database.ts'
import { sendJson, type TestAnswer, type TestRequest } from '@guankou/testkit/server/send-json.ts'
import pino from 'pino'
import { v7 } from 'uuid'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { loadDemoCity } from '#src/demo/load-demo-city.ts'
import type { EdgeSettings } from '#src/http/edge.ts'
import { scaleRates, usualRates } from '#src/http/rate-limits.ts'
import type { KeyCustody, KeySettings } from '#src/identity/key-custody.ts'
import type { UploadScanner } from '#src/scanning/upload-scanner.ts'
import type { SignInSettings } from '#src/sign-in/settings.ts'
import { startServer } from '#src/start-server.ts'
import { issueSignInLink, signInWithLink } from '#src/use-cases/access/sign-in.ts'
import { openTestKeys } from './test-keys.ts'

/** What the clock of a test server shows at first: noon in the demo city, three weeks into its epidemic. */
export const testNowMs = Date.parse('2020-02-10T04:00:00.000Z')

/** A database with the demo city as it was loaded at `testNowMs`. */
export const demoCityTemplate: DatabaseTemplate = {
  name: 'demo_city',
  fill: async (url) => {
    const db = openDatabase({ url, maxConnections: 2 })
    try {
      await migrate(db.pool)
      await loadDemoCity(db, testNowMs)
    } finally {
      await db.close()
    }
  },
}

export type TestSession = {
  readonly token: string
  readonly client: Client
  readonly actor: Actor
  readonly send: (request: TestRequest) => Promise<TestAnswer>
}

export type TestServer = {
  readonly address: string
  readonly context: ServerContext
  readonly db: Database
  /** Shows the same instant until it is moved. */
  readonly clock: { now: number }
  /** Every line logged so far, trace included. */
  readonly logged: readonly string[]
  readonly keys: KeyCustody
  /** Signs in an account of that role and area, which is made where there is none. */
  readonly signIn: (
    role: Role,
    areaCode: number,
    device?: { id: string; label: string },
    /** Left out: the one account of that role and area; else another one. */
    another?: string,
  ) => Promise<TestSession>
  readonly send: (request: TestRequest) => Promise<TestAnswer>
  readonly close: () => Promise<void>
}

const accountOf = async (db: Database, role: Role, areaCode: number, another = '') => {
  const login = `test-${role}-${areaCode}${another}`
  const known = await findAccountByLogin(db.query, login)
  if (known !== undefined) return known
  const name = { zh: '测试', en: 'Test' }
  await insertAccounts(db.query, [{ id: v7(), login, name, role, areaCode, crew: null }])
  const made = await findAccountByLogin(db.query, login)
  if (made === undefined) throw new Error(`account ${login} was not made`)
  return made
}

/** Signs in as the command line and a front do, without the limit on sign-ins per minute that the network has. */
const openSession = async (
  context: ServerContext,
  who: { readonly role: Role; readonly areaCode: number; readonly another?: string | undefined },
  device?: Device,
) => {
  const account = await accountOf(context.db, who.role, who.areaCode, who.another)
  const link = await issueSignInLink(context.db, account, context.now())
  const result = await signInWithLink(context, link.token, device)
  if (!result.ok) throw new Error(`sign-in was refused: ${result.refusal.code}`)
  const { token } = result.value
  const found = await context.access.sessions.find(token)
  if (found.is !== 'signed-in') throw new Error('the new session is not known')
  return { token, actor: found.actor }
}

type Device = { readonly id: string; readonly label: string }

/**
 * Starts the server in this process, on a free port and on a database that holds a city, with a clock that stands.
 * @param options.databaseUrl  a copy of `demoCityTemplate`
 */
export const startTestServer = async (options: {
  readonly databaseUrl: string
  /** Left out: keys of the database’s own, the same for every server on it. */
  readonly keySettings?: Partial<KeySettings>
  readonly logLevel?: pino.Level
  readonly signInSettings?: SignInSettings
  readonly uploads?: UploadScanner
  readonly runsModels?: boolean
  /** Left out: the usual rates, but a thousandfold for sessions: the clock stands, so that no allowance comes back. */
  readonly edge?: Omit<EdgeSettings, 'trustProxy'>
}): Promise<TestServer> => {
  const logged: string[] = []
  const destination = new Writable({
    write: (chunk, _, done) => {
      logged.push(String(chunk))
      done()
    },
  })
  const clock = { now: testNowMs }
  const db = openDatabase({ url: options.databaseUrl })
  const keys = await openTestKeys(options.databaseUrl, options.keySettings)
  const server = await startServer({
    db,
    keys,
    log: pino({ level: options.logLevel ?? 'trace' }, destination),
    now: () => clock.now,
    signIn: options.signInSettings ?? {},
    host: '127.0.0.1',
    port: 0,
    // Rows that come by themselves would change what most tests count.
    runsModels: options.runsModels ?? false,
    rates: { ...scaleRates(usualRates, 1_000), 'sign-in': usualRates['sign-in'] },
    ...(options.uploads && { uploads: options.uploads }),
    ...options.edge,
    // Lets a test call from as many addresses as it needs.
    trustProxy: true,
  })
  const { address, context } = server
  const send = (request: TestRequest) => sendJson(address, request)
  return {
    address,
    context,
    db,
    clock,
    logged,
    keys,
    send,
    signIn: async (role, areaCode, device, another) => {
      const { token, actor } = await openSession(context, { role, areaCode, another }, device)
      const headers = { authorization: `Bearer ${token}` }
      const client = createClient(fetch, { base: address, headers, front: 'service' })
      return { token, actor, client, send: (request) => send({ token, ...request }) }
    },
    close: async () => {
      await server.close()
      await db.close()
    },
  }
}
