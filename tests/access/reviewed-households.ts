import { communityRoles, type Role } from '@guankou/contract/roles.ts'
import type { Reviewed } from './reviewed-matrix.ts'

const doors =
  'A team needs the doors it goes to and the names behind them; it gets its own alone, and each look is audited.'
const coverageReaders: readonly Role[] = [
  'screening-clerk',
  'duty-planner',
  'commander',
  'post-lead',
  'auditor',
]

const lookers: readonly Role[] = ['desk-partner', 'screening-clerk', 'commander', 'data-protection-officer']
const lookersWhy =
  'Desk and clerk work on people, commanders decide, the officer answers them; posts have no households, and teams see their own doors.'

/** Who goes from door to door, and who sends them and sees how far they have come. */
export const householdsReviewed: Readonly<Record<string, Reviewed>> = {
  'households.round': { area: 'query.jurisdiction', roles: communityRoles, because: doors },
  'households.household': { area: 'query.jurisdiction', roles: communityRoles, because: doors },
  'households.duplicates': {
    area: 'body.jurisdiction',
    roles: communityRoles,
    because: 'Whoever enters somebody has to learn that they are on file; where and who is not told.',
  },
  'households.record': {
    area: 'body.jurisdiction',
    roles: communityRoles,
    because:
      'The three who stand at the door record what happens there; the rule for each part says whose it is.',
  },
  'households.coverage': {
    area: 'query.area',
    roles: coverageReaders,
    because: 'Counts of doors by grid cell and team; no door and nobody is named.',
  },
  'households.due-doors': {
    area: 'query.area',
    roles: coverageReaders,
    because: 'The same readers as of coverage; a door is a number here, without address or names.',
  },
  'households.teams': {
    area: 'query.area',
    roles: ['duty-planner', 'commander'],
    because: 'Who makes teams has to know whom there is to choose from; nobody else does.',
  },
  'households.look-up': { area: 'actor', roles: lookers, because: lookersWhy },
  'households.unmask': { area: 'body.jurisdiction', roles: lookers, because: lookersWhy },
  'households.set-team': {
    area: 'body.jurisdiction',
    roles: ['duty-planner', 'commander'],
    because: 'Who goes where is planned by who plans, and decided by who commands.',
  },
  'households.ask-tasks': {
    area: 'body.jurisdiction',
    roles: ['screening-clerk', 'duty-planner', 'commander'],
    because: 'Who has people followed up may have doors visited; no door is shown to them.',
  },
  'households.withdraw-task': {
    area: 'body.jurisdiction',
    roles: ['screening-clerk', 'duty-planner', 'commander'],
    because: 'Who may ask for visits may take back what was asked, also by another.',
  },
}
