import type { Answer } from '@guankou/contract/client.ts'
import type { PairingFact, PairingView, Said } from '@guankou/contract/pairing/endpoints.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPairingLine, type PairingPorts } from '#src/pairing/pairing-line.ts'

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

/** A server behind a network that loses requests and answers as it is told, and a clock that runs when it is turned. */
const flaky = (drops: readonly ('none' | 'request' | 'answer')[]) => {
  const facts: PairingFact[] = []
  const timers: (() => void)[] = []
  let call = 0
  let serial = 0
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
    for (let settle = 0; settle < 30; settle += 1) await Promise.resolve()
  }
  return { ports, facts, turn }
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
