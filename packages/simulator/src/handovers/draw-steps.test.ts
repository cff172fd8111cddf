import { custodySides } from '@guankou/contract/handovers/vocabulary.ts'
import { expect, it } from 'vitest'
import { courseOf, courses, stepsOf } from './draw-steps.ts'

it('has every side sign in turn and ends, whichever way it goes', () => {
  for (const course of courses) {
    const steps = stepsOf(course)
    expect(steps.flatMap((step) => (step.is === 'signed' ? [step.side] : []))).toEqual([...custodySides])
    expect(steps.at(-1)?.is).toBe('closed')
    const minutes = steps.map(({ afterMinutes }) => afterMinutes)
    expect(minutes).toEqual(minutes.toSorted((a, b) => a - b))
  }
})

it('goes as it should three times in five, and each of the other ways once', () => {
  const of = [0, 1, 2, 3, 4].map(courseOf)
  expect(of.filter((course) => course === 'plain')).toHaveLength(3)
  expect(new Set(of).size).toBe(courses.length)
})
