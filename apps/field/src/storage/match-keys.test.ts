import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createMatchKeys } from './match-keys.ts'

const key = Buffer.alloc(32, 7)
const checkOf = (of: Buffer): string => createHash('sha256').update(of).digest('hex').slice(0, 16)
const list = { id: 'a', title: { zh: '名单', en: 'List' }, digits: 7, keyCheck: checkOf(key), groups: [] }
const lists = [list]
const keys = [{ listId: 'a', key: key.toString('base64') }]

const phone = () => {
  const stored = new Map<string, unknown>()
  const state = { open: 'wang' as string | undefined }
  const made = createMatchKeys(
    {
      readOwn: async (name, accountId) => stored.get(`${name}:${accountId}`),
      writeOwn: async (name, accountId, value) => {
        stored.set(`${name}:${accountId}`, value)
      },
    },
    { openAccount: () => state.open },
  )
  return { made, stored, state }
}

describe('keys of match lists on a phone', () => {
  it('digest as the server does', async () => {
    const { made } = phone()
    await made.take(keys)
    const expected = createHmac('sha256', key).update('plate|粤C12345').digest('hex')
    expect(await made.digestOf(list, 'plate|粤C12345')).toBe(expected)
    expect(await made.digestOf({ ...list, id: 'b' }, 'plate|粤C12345')).toBeUndefined()
  })

  it('are gone from memory once the vault closes, and there again once it opens', async () => {
    const { made } = phone()
    await made.take(keys)
    made.drop()
    expect(await made.digestOf(list, 'x')).toBeUndefined()
    await made.open('wang')
    expect(made.isMissingOf(lists)).toBe(false)
  })

  it('compare nothing where they are of another list, say so, and are asked for again', async () => {
    const { made } = phone()
    let told = 0
    const end = made.subscribe(() => {
      told += 1
    })
    await made.take([{ listId: 'a', key: Buffer.alloc(32, 8).toString('base64') }])
    expect(made.stateOf(list)).toBe('other')
    expect(await made.digestOf(list, 'plate|粤C12345')).toBeUndefined()
    expect(made.isMissingOf(lists)).toBe(true)
    await made.take(keys)
    expect(made.stateOf(list)).toBe('fits')
    expect(made.stateOf({ ...list, id: 'b' })).toBe('missing')
    expect([told, made.version()]).toEqual([2, 2])
    end()
  })

  it('are put nowhere while no vault is open', async () => {
    const { made, stored, state } = phone()
    state.open = undefined
    await made.take(keys)
    expect(stored.size).toBe(0)
    expect(made.isMissingOf(lists)).toBe(true)
  })

  it('are replaced with each head, so that the key of a list that ended goes', async () => {
    const { made, stored } = phone()
    await made.take(keys)
    await made.take([])
    expect(made.isMissingOf(lists)).toBe(true)
    expect(stored.get('match-keys:wang')).toEqual([])
  })
})
