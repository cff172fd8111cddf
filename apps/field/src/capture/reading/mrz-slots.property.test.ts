import { mrzLayouts } from '@guankou/domain/identity/mrz/layout.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Emissions } from './emissions.ts'
import { mrzPlaces, mrzSymbols, readMrzSlots } from './mrz-slots.ts'

/** ICAO Doc 9303 parts 4, 6 and 5: Anna Maria Eriksson of Utopia. */
const specimens = {
  TD3: 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10',
  TD2: 'I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6',
  TD1: 'I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<',
} as const
const formats = ['TD1', 'TD2', 'TD3'] as const

type Look = { readonly pitch: number; readonly margin: number; readonly lostFillers: readonly boolean[] }

/** A recogniser that marks each character at the step in its middle, and leaves out some of the fillers. */
const look = (line: string, { pitch, margin, lostFillers }: Look): Emissions => {
  const steps = Math.ceil(2 * margin + line.length * pitch)
  const stride = mrzSymbols.length + 1
  const logs = new Float32Array(steps * stride).fill(Math.log(1e-5))
  for (let step = 0; step < steps; step += 1) logs[step * stride] = Math.log(0.95)
  for (const [at, symbol] of [...line].entries()) {
    if (symbol === '<' && lostFillers[at % lostFillers.length] === true) continue
    const step = Math.floor(margin + (at + 0.5) * pitch)
    logs[step * stride] = Math.log(0.1)
    logs[step * stride + mrzSymbols.indexOf(symbol) + 1] = Math.log(0.85)
  }
  return { steps, symbols: mrzSymbols, logs }
}

describe('a zone read by its pitch', () => {
  it.each(formats)('%s comes back whole though fillers were lost', (format) => {
    const lines = specimens[format].split('\n')
    fc.assert(
      fc.property(
        fc.double({ min: 3.4, max: 4.2, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.boolean(), { minLength: 5, maxLength: 12 }),
        (pitch, pitchesBefore, lostFillers) => {
          const margin = pitchesBefore * pitch
          const emissions = lines.map((line) => look(line, { pitch, margin, lostFillers }))
          expect(readMrzSlots(emissions, mrzLayouts[format]).lines).toEqual(lines)
        },
      ),
      { numRuns: 25 },
    )
  })

  it.each(formats)('%s allows at each place what the specimen has there', (format) => {
    for (const [row, line] of specimens[format].split('\n').entries())
      for (const [place, symbol] of [...line].entries())
        expect(mrzPlaces(mrzLayouts[format])[row]?.[place]).toContain(symbol)
  })

  it('is unsure where two characters are as likely', () => {
    const lines = specimens.TD3.split('\n').map((line) =>
      look(line, { pitch: 4, margin: 0, lostFillers: [false] }),
    )
    const second = lines[1]
    if (second === undefined) throw new Error('two lines')
    const stride = mrzSymbols.length + 1
    const step = 2
    second.logs[step * stride + mrzSymbols.indexOf('E') + 1] = Math.log(0.85)
    const { confidences } = readMrzSlots(lines, mrzLayouts.TD3)
    expect(confidences[1]?.[0]).toBeCloseTo(0.5, 1)
    expect(confidences[1]?.[1]).toBeGreaterThan(0.95)
  })
})
