import { describe, expect, it } from 'vitest'
import { emptyHealthDraft, healthWork, isHealthReady, withFound } from './health-draft.ts'

const about = { personIds: ['a', 'b'], checks: [], isSurvey: false, asksEach: true }

describe('what the health worker enters', () => {
  it('tells of those who were there, and of nobody who was not that they are well', () => {
    const draft = withFound(withFound(emptyHealthDraft, 'a', { celsius: '36,5' }), 'b', { met: false })
    expect(healthWork(draft, about)).toEqual({
      part: 'health',
      people: [{ personId: 'a', temperatureCelsius: 36.5, symptoms: [] }],
    })
  })

  it('is ready once it is said of everybody whether they were there, and somebody was', () => {
    const one = withFound(emptyHealthDraft, 'a', { symptoms: ['cough'] })
    expect(isHealthReady(one, about)).toBe(false)
    expect(isHealthReady(withFound(one, 'b', { met: false }), about)).toBe(true)
    const nobody = withFound(withFound(emptyHealthDraft, 'a', { met: false }), 'b', { met: false })
    expect(isHealthReady(nobody, about)).toBe(false)
    expect(isHealthReady(nobody, { ...about, isSurvey: true })).toBe(true)
    expect(isHealthReady(emptyHealthDraft, { ...about, personIds: [] })).toBe(true)
  })

  it('records nothing of who was not spoken of where the visit is not about everybody', () => {
    const house = { ...about, isSurvey: true, asksEach: false }
    expect(isHealthReady(emptyHealthDraft, house)).toBe(true)
    expect(healthWork(emptyHealthDraft, house)).toMatchObject({ people: [] })
    expect(isHealthReady(emptyHealthDraft, { ...about, asksEach: false })).toBe(false)
  })

  it('forgets what was measured of somebody who turns out not to be there, and refuses a temperature that nobody has', () => {
    const wrong = withFound(emptyHealthDraft, 'a', { celsius: '366' })
    expect(isHealthReady(wrong, { ...about, personIds: ['a'] })).toBe(false)
    const gone = withFound(wrong, 'a', { met: false })
    expect(healthWork(gone, { ...about, personIds: ['a'] })).toMatchObject({ people: [] })
    expect(isHealthReady(withFound(gone, 'a', { met: true }), { ...about, personIds: ['a'] })).toBe(true)
  })
})
