import { signInWithPassword } from '@guankou/contract/access/sign-in.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { findAccountByLogin, insertAccounts } from '@guankou/db/queries/access/accounts.ts'
import { ensureAuthUser, writePassword } from '@guankou/db/queries/access/credentials.ts'
import type { TestAnswer, TestRequest } from '@guankou/testkit/server/send-json.ts'
import { v7 } from 'uuid'
import { addressOf } from '#src/sign-in/library.ts'
import { hashPassword } from '#src/sign-in/password-hash.ts'
import type { TestServer } from './test-server.ts'

export const usualPassword = 'barrier-Lamp-2020'

let people = 0

/** Makes an account with a password. @returns its login and id */
export const makePerson = async (
  { db }: TestServer,
  role: Role,
  areaCode: number,
): Promise<{ readonly id: string; readonly login: string }> => {
  people += 1
  const login = `${role}-${areaCode}-${people}`
  const id = v7()
  const name = { zh: `测试 ${people}`, en: `Test ${people}` }
  await insertAccounts(db.query, [{ id, login, name, role, areaCode, crew: null }])
  const now = new Date()
  await ensureAuthUser(db.query, { accountId: id, address: addressOf(id), now })
  await writePassword(db.query, { id: v7(), accountId: id, hash: await usualHash(), now })
  return { id, login }
}

let hash: Promise<string> | undefined
const usualHash = (): Promise<string> => {
  hash ??= hashPassword(usualPassword)
  return hash
}

/** A browser: it keeps the console's session cookie, and each has an address of its own. */
export const openBrowser = (server: TestServer, address = `10.20.${people >> 8}.${people & 255}`) => {
  const cookies = new Map<string, string>()
  const send = async (request: TestRequest): Promise<TestAnswer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await server.send({
      ...request,
      headers: { 'x-guankou-client': 'console', 'x-forwarded-for': address, cookie, ...request.headers },
    })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value === '' || /Max-Age=0/i.test(set)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  return {
    send,
    cookies,
    signIn: (login: string, password = usualPassword) =>
      send({ path: signInWithPassword.path, body: { login, password } }),
  }
}

export type Browser = ReturnType<typeof openBrowser>

/** The account of a login in the demo city. */
export const accountOf = async ({ db }: TestServer, login: string) => {
  const account = await findAccountByLogin(db.query, login)
  if (account === undefined) throw new Error(`no account ${login}`)
  return account
}
