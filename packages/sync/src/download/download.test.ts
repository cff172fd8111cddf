import type { Pack } from '@guankou/contract/sync/pack.ts'
import { describe, expect, it } from 'vitest'
import { checkPack, heldAt, type PackVerifier, versionToOffer } from './check-pack.ts'
import { type DownloadEvent, downloadTable, freshDownload, stepDownload } from './machine.ts'
import { createDownloader, type HeldPack, type PackAnswer } from './runner.ts'

const noon = Date.parse('2020-01-23T12:00:00.000Z')
const content = JSON.stringify({ jurisdictions: [], posts: [], responses: [] })
const packOf = (more: Partial<Pack> = {}): Pack => ({
  version: `digest:${content}`,
  issuedAt: '2020-01-23T00:00:00.000Z',
  expiresAt: '2020-01-24T00:00:00.000Z',
  content,
  signature: 'good',
  publicKey: 'key-1',
  ...more,
})
const verifier: PackVerifier = {
  sha256Hex: async (text) => `digest:${text}`,
  verifyEd25519: async (_key, _message, signature) => (signature === 'good' ? 'good' : 'bad'),
}
const half = () => 0.5

describe('checking a pack', () => {
  it.each([
    ['other-key', { publicKey: 'key-2' }],
    ['wrong-signature', { signature: 'forged' }],
    ['wrong-digest', { content: '{}' }],
    ['already-expired', { expiresAt: '2020-01-23T11:00:00.000Z' }],
    ['not-readable', { content: '[1', version: 'digest:[1' }],
    ['not-readable', { content: '{}', version: 'digest:{}' }],
  ] as const)('finds %s', async (fault, more) => {
    expect(await checkPack(packOf(more), 'key-1', verifier, noon)).toEqual({ is: 'bad', fault })
  })

  it('says when the device cannot verify at all', async () => {
    const blind: PackVerifier = { ...verifier, verifyEd25519: async () => 'unsupported' }
    expect(await checkPack(packOf(), undefined, blind, noon)).toEqual({ is: 'bad', fault: 'cannot-verify' })
  })

  it('takes a good pack, with a pinned key and before one is pinned', async () => {
    expect((await checkPack(packOf(), undefined, verifier, noon)).is).toBe('good')
    expect((await checkPack(packOf(), 'key-1', verifier, noon)).is).toBe('good')
  })

  it('knows what is in hand', () => {
    expect(heldAt(undefined, noon)).toBe('none')
    expect(heldAt(packOf(), noon)).toBe('current')
    expect(heldAt(packOf(), noon + 13 * 3_600_000)).toBe('expired')
  })

  it('asks for the whole pack once half of its life is over', () => {
    expect(versionToOffer(packOf(), noon - 1)).toBe(packOf().version)
    expect(versionToOffer(packOf(), noon)).toBeUndefined()
  })
})

const events: { readonly [E in DownloadEvent['is']]: Extract<DownloadEvent, { is: E }> } = {
  asked: { is: 'asked' },
  timer: { is: 'timer' },
  online: { is: 'online' },
  'signed-in': { is: 'signed-in' },
  'signed-out': { is: 'signed-out' },
  fresh: { is: 'fresh' },
  unreachable: { is: 'unreachable' },
  refused: { is: 'refused', retry: 'after-sign-in' },
  faulty: { is: 'faulty', fault: 'wrong-signature' },
  'storage-failed': { is: 'storage-failed' },
}

describe('the download table', () => {
  it('fetches once on entering fetching and never rests without a timer unless signed out', () => {
    for (const state of Object.keys(downloadTable) as (keyof typeof downloadTable)[])
      for (const event of Object.values(events)) {
        const step = stepDownload({ ...freshDownload, state }, event, half)
        const entered = step.timer !== 'keep'
        expect(step.effects.length).toBe(step.next.state === 'fetching' && entered ? 1 : 0)
        if (entered && !['fetching', 'signed-out'].includes(step.next.state))
          expect(typeof step.timer, `${state} × ${event.is}`).toBe('number')
      }
  })
})

const phone = (answers: PackAnswer[]) => {
  let stored: HeldPack | undefined
  const asked: (string | undefined)[] = []
  const timers: (() => void)[] = []
  const downloader = createDownloader({
    storage: {
      readPack: async () => stored,
      writePack: async (held) => {
        stored = held
      },
      readPinnedKey: async () => stored?.pack.publicKey,
    },
    fetchPack: async (version) => {
      asked.push(version)
      return answers.shift() ?? { is: 'unreachable' }
    },
    verifier,
    nowMs: () => noon - 1,
    random: half,
    setTimer: (_delayMs, run) => {
      timers.push(run)
      return () => undefined
    },
  })
  const rest = async () => {
    for (let n = 0; n < 50; n += 1) await Promise.resolve()
  }
  return { downloader, asked, rest, stored: () => stored, fire: () => timers.at(-1)?.() }
}

describe('the downloader', () => {
  it('stores a good pack and then asks only for changes', async () => {
    const { downloader, asked, rest, stored, fire } = phone([
      { is: 'pack', pack: packOf() },
      { is: 'not-modified' },
    ])
    await downloader.start(true)
    await rest()
    expect(stored()?.pack.version).toBe(packOf().version)
    fire()
    await rest()
    expect(asked).toEqual([undefined, packOf().version])
    expect(downloader.current().state).toBe('resting')
  })

  it('keeps the good pack when a forged one comes', async () => {
    const { downloader, rest, stored, fire } = phone([
      { is: 'pack', pack: packOf() },
      { is: 'pack', pack: packOf({ signature: 'forged', content: '{"posts":[]}' }) },
    ])
    await downloader.start(true)
    await rest()
    fire()
    await rest()
    expect(downloader.current()).toMatchObject({ state: 'distrusted', fault: 'wrong-signature' })
    expect(stored()?.pack.content).toBe(content)
  })

  it('waits for sign-in after a refusal that asks for it', async () => {
    const { downloader, rest } = phone([
      { is: 'refused', retry: 'after-sign-in' },
      { is: 'pack', pack: packOf() },
    ])
    await downloader.start(true)
    await rest()
    expect(downloader.current().state).toBe('signed-out')
    downloader.tell({ is: 'signed-in' })
    await rest()
    expect(downloader.current().state).toBe('resting')
  })

  it('backs off when the line is dead and tries again by itself', async () => {
    const { downloader, rest, fire, asked } = phone([])
    await downloader.start(true)
    await rest()
    expect(downloader.current()).toMatchObject({ state: 'backing-off', failures: 1 })
    fire()
    await rest()
    expect(downloader.current().failures).toBe(2)
    expect(asked).toHaveLength(2)
  })
})
