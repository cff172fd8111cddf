import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** Argon2id, version 1.3 (RFC 9106): 19 MiB, two passes, one lane; the first choice of the OWASP password sheet. */
const cost = { memoryKib: 19_456, passes: 2, lanes: 1 } as const
const saltBytes = 16
const hashBytes = 32

/** Each derivation holds 19 MiB and a thread that files and names are looked up with, too. */
const mostAtOnce = 2
const mostWaiting = 50

/** Thrown where so many passwords wait to be checked that another would only wait longer. */
export class TooManyPasswordsError extends Error {
  constructor() {
    super('too many passwords are being checked')
    this.name = 'TooManyPasswordsError'
  }
}

let underWay = 0
const waiting: (() => void)[] = []

const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (underWay >= mostAtOnce) {
    if (waiting.length >= mostWaiting) throw new TooManyPasswordsError()
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else underWay += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next === undefined) underWay -= 1
    else next()
  }
}

type Parameters =
  | typeof cost
  | { readonly memoryKib: number; readonly passes: number; readonly lanes: number }

const deriveWith = (
  password: string,
  salt: Buffer,
  parameters: Parameters,
  length: number,
): Promise<Buffer> =>
  inTurn(() =>
    derive('argon2id', {
      // The same password typed on another keyboard may arrive composed in another way (RFC 8265 §4.2).
      message: Buffer.from(password.normalize('NFC')),
      nonce: salt,
      memory: parameters.memoryKib,
      passes: parameters.passes,
      parallelism: parameters.lanes,
      tagLength: length,
    }),
  )

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

/** Hashes a password. @returns the hash with its parameters, as a PHC string `$argon2id$v=19$m=…,t=…,p=…$salt$hash` */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(saltBytes)
  const hash = await deriveWith(password, salt, cost, hashBytes)
  const { memoryKib, passes, lanes } = cost
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${base64(salt)}$${base64(hash)}`
}

const phcString = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([\w+/]+)\$([\w+/]+)$/

/** Whether a password is the one that was hashed, with the parameters of then. */
export const isPasswordOf = async (hashed: string, password: string): Promise<boolean> => {
  const match = phcString.exec(hashed)
  if (match === null) throw new Error('the stored password hash is not one of Argon2id')
  const [, memoryKib, passes, lanes, salt = '', hash = ''] = match
  const expected = Buffer.from(hash, 'base64')
  const parameters = { memoryKib: Number(memoryKib), passes: Number(passes), lanes: Number(lanes) }
  const found = await deriveWith(password, Buffer.from(salt, 'base64'), parameters, expected.length)
  return timingSafeEqual(found, expected)
}
