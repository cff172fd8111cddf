import { createHash } from 'node:crypto'
import type { MatchKey } from '@guankou/contract/matching/match-list.ts'
import type { Pack, PackHead } from '@guankou/contract/sync/pack.ts'
import { makeDelta } from '@guankou/domain/sync/text-delta.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPartsFetch, type PackSource } from './fetch-parts.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const gone = { is: 'refused', code: 'PACK_VERSION_GONE', retry: 'later' } as const

type World = {
  text: string
  /** Texts that the server still knows. */
  readonly known: Set<string>
  /** What happens to the next deltas: they come, are refused, or are of something else. */
  deltas: 'good' | 'gone' | 'foreign'
  readonly asked: string[]
}

const sourceOf = (world: World): PackSource => ({
  head: async (heldVersion) => {
    world.asked.push('head')
    const version = sha256(world.text)
    if (heldVersion === version) return { is: 'not-modified' }
    const head: PackHead = {
      version,
      issuedAt: '2020-01-23T00:00:00.000Z',
      expiresAt: '2020-01-30T00:00:00.000Z',
      signature: 'good',
      publicKey: 'key-1',
      area: 440400,
      matchKeys: [{ listId: 'a', key: 'b' }],
    }
    return { is: 'got', value: head }
  },
  content: async (_area, version) => {
    world.asked.push('content')
    return sha256(world.text) === version ? { is: 'got', value: world.text } : gone
  },
  delta: async (_area, from) => {
    world.asked.push('delta')
    const old = [...world.known].find((text) => sha256(text) === from)
    if (world.deltas === 'foreign') return { is: 'got', value: ['something else'] }
    if (world.deltas === 'gone' || old === undefined) return gone
    return { is: 'got', value: makeDelta(old, world.text) }
  },
  whole: async () => ({ is: 'unreachable' }),
})

const phone = (world: World, source: PackSource = sourceOf(world)) => {
  const state = { held: undefined as Pack | undefined, keys: [] as readonly MatchKey[], lacks: false }
  const fetchParts = createPartsFetch({
    source,
    sha256Hex: async (text) => sha256(text),
    held: () => state.held,
    lacksKeys: () => state.lacks,
    onKeys: async (keys) => {
      state.keys = keys
    },
  })
  const look = async () => {
    const answer = await fetchParts(state.held?.version)
    if (answer.is === 'pack') state.held = answer.pack
    return answer
  }
  return { state, look, fetchParts }
}

const world = (text = 'first'): World => ({ text, known: new Set([text]), deltas: 'good', asked: [] })

describe('fetching a pack in parts', () => {
  it('ends with the text in force, through any sequence of versions, good, missing and foreign deltas', async () => {
    const versions = fc.array(
      fc.record({
        text: fc.string({ maxLength: 200 }).map((text) => `{"posts":"${text.repeat(3)}"}`),
        deltas: fc.constantFrom('good' as const, 'gone' as const, 'foreign' as const),
        looks: fc.boolean(),
      }),
      { maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(versions, async (steps) => {
        const city = world()
        const { state, look } = phone(city)
        for (const { text, deltas, looks } of steps) {
          city.text = text
          city.known.add(text)
          city.deltas = deltas
          if (looks) await look()
        }
        await look()
        expect(state.held?.content).toBe(city.text)
        expect(state.held?.version).toBe(sha256(city.text))
      }),
    )
  })

  it('asks for nothing but the head while the same is in force', async () => {
    const city = world()
    const { look } = phone(city)
    await look()
    expect(city.asked).toEqual(['head', 'content'])
    expect((await look()).is).toBe('not-modified')
    expect(city.asked).toEqual(['head', 'content', 'head'])
  })

  it('has a pack issued anew without fetching its content again', async () => {
    const city = world()
    const { state, look, fetchParts } = phone(city)
    await look()
    expect(await fetchParts(undefined)).toMatchObject({ is: 'pack', pack: { content: state.held?.content } })
    expect(city.asked).toEqual(['head', 'content', 'head'])
  })

  it('asks for a whole head where keys are missing, and hands them over', async () => {
    const city = world()
    const { state, look } = phone(city)
    await look()
    state.keys = []
    state.lacks = true
    expect((await look()).is).toBe('pack')
    expect(state.keys).toEqual([{ listId: 'a', key: 'b' }])
  })

  it('falls back to a server that knows no parts', async () => {
    const city = world()
    const { look } = phone(city, {
      ...sourceOf(city),
      head: async () => ({ is: 'refused', code: 'NO_SUCH_ENDPOINT', retry: 'never' }),
    })
    expect((await look()).is).toBe('unreachable')
  })

  it('says why nothing came', async () => {
    const city = world()
    const { look } = phone(city, { ...sourceOf(city), content: async () => gone })
    expect(await look()).toEqual(gone)
  })
})
