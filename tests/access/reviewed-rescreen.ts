import type { Reviewed } from './reviewed-matrix.ts'

/** Who may put rules into force, and follow whom they reach. */
export const rescreenReviewed = {
  'rescreen.publish': {
    area: 'actor',
    roles: ['commander'],
    because: 'Rules hold in the whole city: its commander puts them into force by name, as a person.',
    ofWholeCity: true,
  },
  'rescreen.start': {
    area: 'actor',
    roles: ['commander'],
    because: 'Whoever puts rules into force has the people whom they reach looked for once more.',
    ofWholeCity: true,
  },
  'rescreen.versions': {
    area: 'actor',
    roles: ['duty-planner', 'commander', 'auditor'],
    because: 'Who prepares, decides and verifies rules sees every version and who put it into force.',
  },
  'rescreen.runs': {
    area: 'actor',
    roles: ['duty-planner', 'commander', 'auditor'],
    because:
      'Who plans and answers for the calls sees how far they have come; counts alone, of the own districts.',
  },
} as const satisfies Readonly<Record<string, Reviewed>>
