import { describe, expect, it } from 'vitest'
import { takeBurst } from './wedge-document.ts'

const today = '2010-06-01'
const passport = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10'
const card = 'I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<'

const takeAll = (bursts: readonly string[]) =>
  bursts.reduce(
    ({ pending, documents }, burst) => {
      const taken = takeBurst(pending, burst, today)
      return { pending: taken.pending, documents: [...documents, taken.document] }
    },
    { pending: [] as readonly string[], documents: [] as unknown[] },
  )

describe('what a reader sends', () => {
  it('is a document once the last line of its zone has come', () => {
    const anna = { kind: 'passport', number: 'L898902C3', name: 'ERIKSSON ANNA MARIA' }
    expect(takeAll(passport.split('\n'))).toEqual({ pending: [], documents: [undefined, anna] })
    expect(takeAll([passport.replace('\n', '')]).documents).toEqual([anna])
    expect(takeAll(card.split('\n')).documents).toEqual([
      undefined,
      undefined,
      { kind: 'other', number: 'D23145890', name: 'ERIKSSON ANNA MARIA' },
    ])
  })

  it('is found after half of another zone', () => {
    const [first = '', second = ''] = passport.split('\n')
    expect(takeAll([first, first, second]).documents.at(-1)).toMatchObject({ number: 'L898902C3' })
  })

  it('is a number where a rule knows it, and nothing where none does', () => {
    expect(takeAll(['11010519491231002x']).documents).toEqual([
      { kind: 'resident-id', number: '11010519491231002X', name: '' },
    ])
    expect(takeAll(['110105194912310021', '6901234567892222']).documents).toEqual([undefined, undefined])
  })
})
