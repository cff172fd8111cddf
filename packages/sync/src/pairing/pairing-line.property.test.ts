import type { Answer } from '@guankou/contract/client.ts'
import type { PairingFact, PairingView, Said } from '@guankou/contract/pairing/endpoints.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createPairingLine,
  type KeptPairing,
  type PairingLine,
  type PairingPorts,
} from '#src/pairing/pairing-line.ts'

const at = '2020-02-10T04:00:00.000Z'
const view = (facts: number): PairingView => ({
  pairingId: 'p',
  openedAt: at,
  state: 'running',
  code: null,
  endsAt: at,
  field: { zh: '甲', en: 'A' },
  fieldRole: 'inspector',
  desk: { zh: '乙', en: 'B' },
  facts,
  ended: null,
})

/** What was begun and waits for nothing but its turn comes to its end. */
const settle = async (): Promise<void> => {
  for (let turns = 0; turns < 30; turns += 1) await Promise.resolve()
}

/** A server behind a network that loses requests and answers as it is told, and a clock that runs when it is turned. */
const flaky = (drops: readonly ('none' | 'request' | 'answer')[]) => {
  const facts: PairingFact[] = []
  const timers: (() => void)[] = []
  let call = 0
  let lives = 0
  let serial = 0
  let kept: KeptPairing | undefined
  let news = (): void => undefined
  const through = async <T>(act: () => T): Promise<Answer<T>> => {
    const drop = drops[call++ % Math.max(1, drops.length)] ?? 'none'
    await Promise.resolve()
    if (drop === 'request') return { is: 'unreachable', reason: 'lost' }
    const value = act()
    return drop === 'answer' ? { is: 'unreachable', reason: 'lost' } : { is: 'ok', value }
  }
  const ports: PairingPorts = {
    newId: () => `id-${serial++}`,
    open: () => Promise.resolve({ is: 'ok', value: view(0) }),
    mine: () => Promise.resolve({ is: 'ok', value: { current: view(facts.length) } }),
    facts: (_, after) => through(() => ({ pairing: view(facts.length), facts: facts.slice(after) })),
    say: (_, id, said) =>
      through(() => {
        if (facts.some((fact) => fact.id === id)) return {}
        const asked = said.kind === 'question' ? { asked: said.asked, words: said.words ?? '' } : {}
        facts.push({ id, seq: facts.length + 1, at, side: 'field', kind: said.kind, ...asked })
        news()
        return {}
      }),
    read: () => Promise.resolve(kept),
    write: (next) => {
      kept = next
      return Promise.resolve()
    },
    end: () => Promise.resolve({ is: 'ok', value: view(facts.length) }),
    listen: (onNews, onUp) => {
      news = onNews
      onUp(true)
      return () => undefined
    },
    after: (_, act) => {
      timers.push(act)
      return () => undefined
    },
  }
  /** Lets time pass: every timer that is set fires, and what follows from it settles. */
  const turn = async (): Promise<void> => {
    for (const act of timers.splice(0)) act()
    await settle()
  }
  /** The app as it is opened: nothing of an earlier life of it acts any more, and what it had in memory is gone. */
  const openApp = (): PairingLine => {
    const life = ++lives
    const never = new Promise<never>(() => undefined)
    const whileAlive = <A extends readonly unknown[], R>(act: (...args: A) => Promise<R>) => {
      return (...args: A): Promise<R> => (life === lives ? act(...args) : never)
    }
    timers.length = 0
    return createPairingLine({
      ...ports,
      say: whileAlive(ports.say),
      facts: whileAlive(ports.facts),
      mine: whileAlive(ports.mine),
      write: whileAlive(ports.write),
    })
  }
  return { ports, facts, turn, openApp, kept: () => kept }
}

const question = (words: string): Said => ({ kind: 'question', asked: 'other', words })

describe('a pairing over a bad network', () => {
  it('brings every question across once and in order, and sees everything that was said', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('none', 'request', 'answer'), { minLength: 1, maxLength: 12 }),
        fc.array(fc.constantFrom('ask', 'wait'), { maxLength: 20 }),
        async (drops, acts) => {
          const { ports, facts, turn } = flaky([...drops, 'none', 'none', 'none', 'none', 'none'])
          const line = createPairingLine(ports)
          await line.open()
          const asked: string[] = []
          for (const act of acts) {
            if (act === 'wait') await turn()
            else {
              asked.push(`question ${asked.length}`)
              line.say(question(asked.at(-1) ?? ''))
            }
          }
          for (let times = 0; times < 200 && line.get().unsent.length > 0; times += 1) await turn()
          for (let times = 0; times < 40 && line.get().facts.length < facts.length; times += 1) await turn()
          expect(facts.map(({ words }) => words)).toEqual(asked)
          expect(line.get().facts).toEqual(facts)
          expect(line.get().unsent).toEqual([])
        },
      ),
    )
  })

  it('brings every question across once however often the app is closed with questions that were not sent', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('none', 'request', 'answer'), { minLength: 1, maxLength: 12 }),
        fc.array(fc.constantFrom('ask', 'wait', 'close'), { maxLength: 20 }),
        async (drops, acts) => {
          const { facts, turn, openApp, kept } = flaky([...drops, 'none', 'none', 'none', 'none', 'none'])
          let line = openApp()
          await line.open()
          await settle()
          const asked: string[] = []
          for (const act of acts) {
            if (act === 'wait') await turn()
            if (act === 'close') {
              line = openApp()
              await line.resume()
            }
            if (act !== 'ask') continue
            asked.push(`question ${asked.length}`)
            line.say(question(asked.at(-1) ?? ''))
            await settle()
          }
          for (let times = 0; times < 200 && line.get().unsent.length > 0; times += 1) await turn()
          expect(facts.map(({ words }) => words)).toEqual(asked)
          expect(line.get().unsent).toEqual([])
          await turn()
          expect(kept()?.unsent).toEqual([])
        },
      ),
    )
  })

  it('goes on without a network where the app was closed, and sends when there is one', async () => {
    const { ports, facts, turn, openApp } = flaky([])
    const first = openApp()
    await first.open()
    const away = { is: 'unreachable', reason: 'away' } as const
    const offline = createPairingLine({
      ...ports,
      mine: () => Promise.resolve(away),
      say: () => Promise.resolve(away),
      facts: () => Promise.resolve(away),
    })
    await offline.resume()
    expect(offline.get()).toMatchObject({ pairing: { pairingId: 'p' }, fault: undefined })
    offline.say(question('asked without a network'))
    await turn()
    const after = openApp()
    await after.resume()
    await turn()
    expect(facts.map(({ words }) => words)).toEqual(['asked without a network'])
    expect(after.get().unsent).toEqual([])
  })

  it('says nothing of an earlier pairing in another one, and keeps it in sight', async () => {
    const { ports, facts, turn } = flaky([])
    const kept: KeptPairing = {
      pairing: { ...view(0), pairingId: 'before' },
      unsent: [{ id: 'old', said: question('for somebody else') }],
    }
    const ended = { code: 'PAIRING_ENDED', retry: 'never', text: { zh: '', en: '' } } as const
    const line = createPairingLine({
      ...ports,
      read: () => Promise.resolve(kept),
      say: (pairing, id, said) =>
        pairing === 'before'
          ? Promise.resolve({ is: 'refused', status: 409, error: ended } as Answer<unknown>)
          : ports.say(pairing, id, said),
    })
    await line.resume()
    await turn()
    expect(facts).toEqual([])
    expect(line.get()).toMatchObject({
      pairing: { pairingId: 'p' },
      unsent: [{ id: 'old', refused: 'PAIRING_ENDED' }],
    })
  })

  it('keeps what was refused in sight until it is let go, and sends what follows', async () => {
    const { ports, facts, turn } = flaky([])
    const refusal = { code: 'TEXT_NOT_WELL_FORMED', retry: 'never', text: { zh: '', en: '' } } as const
    const line = createPairingLine({
      ...ports,
      say: (pairing, id, said) =>
        said.kind === 'question' && said.words === 'bad'
          ? Promise.resolve({ is: 'refused', status: 422, error: refusal } as Answer<unknown>)
          : ports.say(pairing, id, said),
    })
    await line.open()
    line.say(question('bad'))
    line.say(question('good'))
    await turn()
    expect(facts.map(({ words }) => words)).toEqual(['good'])
    const [kept] = line.get().unsent
    expect(kept).toMatchObject({ refused: 'TEXT_NOT_WELL_FORMED', said: { words: 'bad' } })
    line.letGo(kept?.id ?? '')
    expect(line.get().unsent).toEqual([])
  })
})
