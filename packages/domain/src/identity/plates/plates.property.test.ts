import { plateProvinceCharacters } from '@guankou/geodata/plates/plate-region.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plateProblem, plateProblems } from './plate-problem.ts'
import { plateForms, plateRules } from './plate-rules.ts'
import { plateGround, readPlate } from './read-plate.ts'
import { offerPlateRepairs } from './repair-plate.ts'

const office = fc
  .tuple(fc.constantFrom(...plateProvinceCharacters()), fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZ'))
  .map((parts) => parts.join(''))
const ordinary = fc
  .tuple(office, fc.stringMatching(/^[0-9A-HJ-NP-Z]{5}$/))
  .map((parts) => parts.join(''))
  .filter((plate) => !plate.startsWith('粤Z'))
const small = fc
  .tuple(office, fc.stringMatching(/^[DABCEFGHJK][0-9A-HJ-NP-Z]\d{4}$/))
  .map((parts) => parts.join(''))
const large = fc.tuple(office, fc.stringMatching(/^\d{5}[DABCEFGHJK]$/)).map((parts) => parts.join(''))

describe('a plate', () => {
  it('of a legal form is accepted, however it is written', () => {
    fc.assert(
      fc.property(fc.oneof(ordinary, small, large), fc.constantFrom('', '·', ' ', '-'), (plate, mark) => {
        const expected =
          plate.length === 7 ? 'ordinary' : /\d$/.test(plate) ? 'new-energy-small' : 'new-energy-large'
        const typed = `${plate.slice(0, 2)}${mark}${plate.slice(2)}`.toLowerCase()
        expect(readPlate(typed)).toMatchObject({ ok: true, value: { plate, form: expected }, doubts: [] })
      }),
    )
  })

  it.each([
    ['粤C12345', 'ordinary', 'blue'],
    ['粤CD12345', 'new-energy-small', 'green'],
    ['粤CDA1234', 'new-energy-small', 'green'],
    ['粤C12345F', 'new-energy-large', 'yellow-green'],
    ['粤C1234警', 'police', 'white'],
    ['京O1234警', 'police', 'white'],
    ['粤C1234挂', 'trailer', 'yellow'],
    ['粤C1234学', 'learner', 'yellow'],
    ['粤C1234试', 'trial', 'ochre'],
    ['粤C1234超', 'oversize', 'ochre'],
    ['粤C1234临', 'temporary', 'sky-blue'],
    ['粤X0001应急', 'emergency', 'white'],
    ['粤Z1234港', 'hong-kong', 'black'],
    ['粤ZAB12澳', 'macao', 'black'],
    ['使014578', 'embassy', 'black'],
    ['224578使', 'embassy', 'black'],
    ['粤A0023领', 'consulate', 'black'],
    ['VA12345', 'military', 'white'],
    ['WJ粤1234X', 'armed-police', 'white'],
    ['WJ01234', 'armed-police', 'white'],
    ['粤0112345', 'tractor', 'green'],
    ['MA1234', 'elsewhere', undefined],
    ['AB 1234', 'elsewhere', undefined],
    ['W-JX 4711', 'elsewhere', undefined],
  ])('%s is %s on %s', (plate, form, ground) => {
    expect(readPlate(plate)).toMatchObject({ ok: true, value: { form } })
    expect(plateGround(plate)).toBe(ground)
  })

  it.each([
    '粤C1234',
    '粤C1234O',
    '粤I12345',
    '甲C12345',
    '湘Z1234澳',
    '粤Z12345',
    '粤C123456',
    '粤C1234?',
    'ABCDEF',
    '粤',
  ])('%s is none', (plate) => {
    expect(readPlate(plate)).toEqual({ ok: false, problem: 'form' })
    expect(plateGround(plate)).toBeUndefined()
  })

  it.each([
    ['粤C1234', 'short'],
    ['粤C', 'short'],
    ['粤C1234O', 'letters'],
    ['粤CI2345', 'letters'],
    ['粤C1234567', 'long'],
    ['粤C12B456', 'energy'],
    ['粤C123456', 'energy'],
    ['粤CDAB123', 'energy'],
    ['粤?12345', 'form'],
    ['粤Z12345', 'cross-border'],
    ['粤Z1234', 'cross-border'],
    ['粤C1234港', 'cross-border'],
    ['粤Z12345澳', 'cross-border'],
    ['粤C12345警', 'mark'],
    ['粤C123学', 'mark'],
    ['粤C12345挂', 'mark'],
    ['ABCDEF', 'form'],
    ['粤C1234澳', 'cross-border'],
    ['粤C12345', undefined],
    ['粤C1234警', undefined],
    ['粤C12345临', undefined],
    ['AB1234', undefined],
    ['', undefined],
  ] as const)('%s is told to have the problem %s', (plate, problem) => {
    expect(plateProblem(plate)).toBe(problem)
  })

  it('has a problem to tell of exactly where it cannot be painted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'粤京ZCDO1234港澳警挂临'), { minLength: 1, maxLength: 10 }),
        (symbols) => {
          const plate = symbols.join('')
          const problem = plateProblem(plate)
          expect(problem === undefined).toBe(readPlate(plate).ok)
          if (problem !== undefined) expect(plateProblems).toContain(problem)
        },
      ),
    )
  })

  it('has one form alone', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 0, max: plateRules.length - 1 })
          .chain((at) => fc.stringMatching(plateRules[at]?.pattern ?? /^$/).map((plate) => ({ at, plate }))),
        ({ at, plate }) => {
          const fitting = plateRules.flatMap(({ form, pattern }) => (pattern.test(plate) ? [form] : []))
          expect(fitting).toEqual([plateRules[at]?.form])
        },
      ),
      { numRuns: 1_000 },
    )
    expect(new Set([...plateRules.map(({ form }) => form), 'elsewhere'])).toEqual(new Set(plateForms))
  })
})

describe('repairs of a plate', () => {
  it('contain the original where O stands for 0 or I for 1', () => {
    fc.assert(
      fc.property(ordinary, fc.constantFrom('0', '1'), (plate, digit) => {
        const at = plate.indexOf(digit)
        fc.pre(at >= 2)
        const typed = plate.slice(0, at) + (digit === '0' ? 'O' : 'I') + plate.slice(at + 1)
        expect(readPlate(typed).ok).toBe(false)
        expect(offerPlateRepairs(typed).map((offered) => offered.plate)).toContain(plate)
      }),
    )
  })

  it('are two look-alikes at most, and none for a plate that fits', () => {
    expect(offerPlateRepairs('粤C1O34I').map(({ plate }) => plate)).toEqual(['粤C10341'])
    expect(offerPlateRepairs('粤812345').map(({ plate }) => plate)).toEqual(['粤B12345'])
    expect(offerPlateRepairs('粤C12345')).toEqual([])
    expect(offerPlateRepairs('')).toEqual([])
  })

  it('never throw, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        readPlate(text)
        offerPlateRepairs(text)
      }),
    )
  })
})
