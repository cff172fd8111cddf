import type { CustodySide } from '@guankou/contract/handovers/vocabulary.ts'

/** How a hand-over goes: as it should, waiting too long for transport, or too long on the way. */
export const courses = ['plain', 'late-transport', 'long-way'] as const
export type Course = (typeof courses)[number]

export type DrawnStep =
  | { readonly is: 'signed'; readonly side: CustodySide; readonly afterMinutes: number }
  | { readonly is: 'closed'; readonly afterMinutes: number }

/** Made up: minutes after the opening at which each side signs. The limits that ship are 30 at the post and 60 on the way. */
const minutesOf: Readonly<Record<Course, Readonly<Record<CustodySide, number>>>> = {
  plain: { 'post-gives': 3, 'transport-takes': 14, 'transport-gives': 38, 'clinic-takes': 39 },
  'late-transport': { 'post-gives': 4, 'transport-takes': 95, 'transport-gives': 121, 'clinic-takes': 122 },
  'long-way': { 'post-gives': 3, 'transport-takes': 16, 'transport-gives': 104, 'clinic-takes': 106 },
}

const closedAfterMinutes = 45

/** What happens to a hand-over, in the order of its time. */
export const stepsOf = (course: Course): readonly DrawnStep[] => {
  const minutes = minutesOf[course]
  const sides = ['post-gives', 'transport-takes', 'transport-gives', 'clinic-takes'] as const
  return [
    ...sides.map((side) => ({ is: 'signed', side, afterMinutes: minutes[side] }) as const),
    { is: 'closed', afterMinutes: minutes['clinic-takes'] + closedAfterMinutes },
  ]
}

/** Of five, three go as they should, one waits and one is long on the way. @param number  that tells one hand-over from another */
export const courseOf = (number: number): Course => courses[Math.max(0, (number % 5) - 2)] ?? 'plain'
