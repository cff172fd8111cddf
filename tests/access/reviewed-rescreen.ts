import type { Reviewed } from './reviewed-matrix.ts'

/** Who may put rules into force, and follow whom they reach. */
export const rescreenReviewed = {
  'rescreen.publish': {
    area: 'actor',
    roles: ['commander'],
    because:
      'Rules hold in the whole city: in an emergency its commander puts them into force alone, by name, and says why.',
    ofWholeCity: true,
  },
  'rescreen.propose': {
    area: 'actor',
    roles: ['duty-planner', 'commander'],
    because: 'Who prepares or commands the work of the whole city proposes what holds in all of it.',
    ofWholeCity: true,
  },
  'rescreen.proposals': {
    area: 'actor',
    roles: ['duty-planner', 'commander', 'auditor'],
    because: 'Who may agree sees what waits, who proposed sees what became of it, and the auditor both.',
    ofWholeCity: true,
  },
  'rescreen.decide': {
    area: 'actor',
    roles: ['duty-planner', 'commander'],
    because: 'A second person agrees or declines; of the two one commands, and nobody decides on their own.',
    ofWholeCity: true,
  },
  'rescreen.withdraw': {
    area: 'actor',
    roles: ['duty-planner', 'commander'],
    because: 'Whoever proposed takes it back while nobody has decided.',
    ofWholeCity: true,
  },
  'rescreen.alone': {
    area: 'actor',
    roles: ['commander', 'auditor'],
    because: 'The auditor is shown what one person decided where two do; the commander that it is shown.',
    ofWholeCity: true,
  },
  'rescreen.review': {
    area: 'actor',
    roles: ['auditor'],
    because: 'The auditor says by name that it was looked at, and changes nothing of it.',
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
