import { readCitizenNumber } from '@guankou/domain/identity/documents/citizen-number.ts'
import { plateForms } from '@guankou/domain/identity/plates/plate-rules.ts'
import { readPlate } from '@guankou/domain/identity/plates/read-plate.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accepts, templateAutomaton } from './automaton.ts'
import { checkedCitizenNumber, printedCitizenNumber } from './citizen-number-automaton.ts'
import { elsewhereTemplates, plateSymbols, plateTemplates } from './plate-templates.ts'

const plates = templateAutomaton(plateTemplates)

/** A text of one template, drawn place by place. */
const textOf = (templates: typeof plateTemplates) =>
  fc.constantFrom(...templates).chain(({ places }) => {
    const drawn = places.map((symbols) => fc.constantFrom(...symbols))
    return fc.tuple(...drawn).map((symbols) => symbols.join(''))
  })

describe('the automaton of plates', () => {
  it('takes only what the rules of the domain take, in every form but the free one', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(textOf(plateTemplates), (text) => {
        const reading = readPlate(text)
        expect(reading.ok).toBe(true)
        if (reading.ok) seen.add(reading.value.form)
        expect(accepts(plates, text)).toBe(true)
      }),
      { numRuns: 3000 },
    )
    expect([...seen].toSorted()).toEqual(plateForms.filter((form) => form !== 'elsewhere').toSorted())
  })

  it('agrees with the rules on texts one character away from a plate', () => {
    fc.assert(
      fc.property(
        textOf(plateTemplates),
        fc.nat({ max: 8 }),
        fc.constantFrom(...plateSymbols, ''),
        (text, at, symbol) => {
          const symbols = [...text]
          const changed = symbols.with(at % symbols.length, symbol).join('')
          const reading = readPlate(changed)
          expect([changed, accepts(plates, changed)]).toEqual([
            changed,
            reading.ok && reading.value.form !== 'elsewhere',
          ])
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('of elsewhere takes only what the domain takes', () => {
    fc.assert(
      fc.property(textOf(elsewhereTemplates), (text) => {
        expect(readPlate(text).ok).toBe(true)
      }),
    )
  })
})

describe('the automaton of citizen numbers', () => {
  const today = '2020-01-23'
  const numbers = fc.stringMatching(/^[1-6]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d)\d{3}$/)

  it('leaves exactly one last character, and the domain agrees with it', () => {
    fc.assert(
      fc.property(numbers, (head) => {
        const fitting = [...'0123456789X'].filter((last) => accepts(checkedCitizenNumber, head + last))
        expect(fitting).toHaveLength(1)
        for (const last of '0123456789X') {
          expect(accepts(printedCitizenNumber, head + last)).toBe(true)
          const reading = readCitizenNumber(head + last, today)
          const isCheckWrong = !reading.ok && reading.problem === 'check-digit'
          if (reading.ok || isCheckWrong) expect(reading.ok).toBe(fitting.includes(last))
        }
      }),
    )
  })

  it('ends after 18 places', () => {
    expect(accepts(printedCitizenNumber, '11010519491231002')).toBe(false)
    expect(accepts(printedCitizenNumber, '11010519491231002X')).toBe(true)
    expect(accepts(printedCitizenNumber, '11010519491231002X1')).toBe(false)
  })
})
