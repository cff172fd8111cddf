import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createMatchKeys } from './match-keys.ts'

const key = Buffer.alloc(32, 7)
const lists = [
  { id: 'a', title: { zh: '名单', en: 'List' }, digits: 7, keyCheck: '0'.repeat(16), groups: [] },
]
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
    expect(await made.digestOf('a', 'plate|粤C12345')).toBe(expected)
    expect(await made.digestOf('b', 'plate|粤C12345')).toBeUndefined()
  })

  it('are gone from memory once the vault closes, and there again once it opens', async () => {
    const { made } = phone()
    await made.take(keys)
    made.drop()
    expect(await made.digestOf('a', 'x')).toBeUndefined()
    await made.open('wang')
    expect(made.isMissingOf(lists)).toBe(false)
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
