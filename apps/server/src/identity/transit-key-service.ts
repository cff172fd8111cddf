import { readFile } from 'node:fs/promises'
import { type KeyService, KeyServiceError, KeyServiceUnavailableError } from '#src/identity/key-service.ts'

export type TransitSettings = {
  /** Address of the secrets engine, such as `https://vault.city.example:8200/v1/transit`. */
  readonly url: string
  /** Name of the key there: an `aes256-gcm96` or `chacha20-poly1305` one, because the place is authenticated with it. */
  readonly keyName: string
  readonly token: string
  readonly timeoutMs?: number
}

const defaultTimeoutMs = 3_000
const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** @throws KeyServiceError where the address would send keys in clear over a network */
const checkedBase = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new KeyServiceError('the address of the key service is not an http address')
  if (url.protocol === 'http:' && !loopback.has(url.hostname))
    throw new KeyServiceError('the key service needs https: keys would travel in clear')
  return url
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'it took too long'
  const { cause } = error
  return cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : error.message
}

type Ask = (method: 'GET' | 'POST', path: string, body?: object) => Promise<Record<string, unknown>>

/** Sends one request. What is answered is never put into an error: it may hold a key. */
const asker = ({ url, token, timeoutMs = defaultTimeoutMs }: TransitSettings): Ask => {
  const base = checkedBase(url).href.replace(/\/$/, '')
  return async (method, path, body) => {
    const answer = await fetch(`${base}/${path}`, {
      method,
      headers: { 'x-vault-token': token, 'content-type': 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new KeyServiceUnavailableError(reasonOf(error))
    })
    if (answer.status >= 500 || answer.status === 429 || answer.status === 412)
      throw new KeyServiceUnavailableError(`it answered ${answer.status}`)
    if (answer.status === 403)
      throw new KeyServiceError('the key service refuses our token or does not allow this key')
    if (!answer.ok) throw new KeyServiceError(`the key service refused with ${answer.status}`)
    if (answer.status === 204) return {}
    const read = (await answer.json().catch((error: unknown) => {
      throw new KeyServiceUnavailableError(`its answer cannot be read (${reasonOf(error)})`)
    })) as { data?: Record<string, unknown> }
    return read.data ?? {}
  }
}

const textIn = (data: Record<string, unknown>, field: string): string => {
  const value = data[field]
  if (typeof value !== 'string') throw new KeyServiceError(`the key service answered without ${field}`)
  return value
}

const numberIn = (data: Record<string, unknown>, field: string): number => {
  const value = data[field]
  if (typeof value !== 'number') throw new KeyServiceError(`the key service answered without ${field}`)
  return value
}

const versionOf = (ciphertext: string): number => {
  const match = /^vault:v(\d+):/.exec(ciphertext)
  if (match === null) throw new KeyServiceError('the key service answered a ciphertext without a version')
  return Number(match[1])
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/**
 * An external key service that speaks the API of the transit secrets engine of HashiCorp Vault and OpenBao. Wrapped keys
 * name their version of the key there; the master key never comes here.
 * @throws KeyServiceError where the settings cannot be used
 */
export const createTransitKeyService = (settings: TransitSettings): KeyService => {
  const ask = asker(settings)
  const name = encodeURIComponent(settings.keyName)
  const generation = (version: number): string => `transit:${settings.keyName}:${version}`
  const readKey = () => ask('GET', `keys/${name}`)
  const latest = async (): Promise<string> => generation(numberIn(await readKey(), 'latest_version'))
  return {
    name: `transit:${settings.keyName}`,
    keyId: latest,
    generations: async () => {
      const key = await readKey()
      const first = Math.max(1, numberIn(key, 'min_decryption_version'))
      const last = numberIn(key, 'latest_version')
      return Array.from({ length: last - first + 1 }, (_, index) => generation(first + index))
    },
    wrap: async (key, place) => {
      const body = { plaintext: key.toString('base64'), associated_data: base64(place) }
      const ciphertext = textIn(await ask('POST', `encrypt/${name}`, body), 'ciphertext')
      return { generation: generation(versionOf(ciphertext)), wrapped: Buffer.from(ciphertext) }
    },
    unwrap: async ({ generation: of, wrapped }, place) => {
      const ciphertext = wrapped.toString()
      if (of !== generation(versionOf(ciphertext)))
        throw new KeyServiceError(`${of} is not a generation of ${settings.keyName}`)
      const body = { ciphertext, associated_data: base64(place) }
      return Buffer.from(textIn(await ask('POST', `decrypt/${name}`, body), 'plaintext'), 'base64')
    },
    rotate: async () => {
      await ask('POST', `keys/${name}/rotate`, {})
      return latest()
    },
    retire: async (of) => {
      const version = Number(/:(\d+)$/.exec(of)?.[1])
      if (of !== generation(version))
        throw new KeyServiceError(`${of} is not a generation of ${settings.keyName}`)
      // All versions below are ended by the same setting.
      await ask('POST', `keys/${name}/config`, { min_decryption_version: version + 1 })
    },
  }
}

/** Reads the settings of a key service, or nothing where none is set. @throws KeyServiceError */
export const readTransitSettings = async (
  env: Readonly<Record<string, string | undefined>>,
): Promise<TransitSettings | undefined> => {
  const url = env.GUANKOU_KEY_SERVICE_URL
  if (url === undefined || url === '') return undefined
  const file = env.GUANKOU_KEY_SERVICE_TOKEN_FILE
  const token =
    file === undefined
      ? env.GUANKOU_KEY_SERVICE_TOKEN
      : await readFile(file, 'utf8').then(
          (text) => text.trim(),
          (error: unknown) => {
            throw new KeyServiceError('GUANKOU_KEY_SERVICE_TOKEN_FILE cannot be read', { cause: error })
          },
        )
  if (token === undefined || token === '')
    throw new KeyServiceError(
      'the key service needs GUANKOU_KEY_SERVICE_TOKEN or GUANKOU_KEY_SERVICE_TOKEN_FILE',
    )
  return { url, token, keyName: env.GUANKOU_KEY_SERVICE_KEY ?? 'guankou' }
}
