import type { AreaRule } from '@guankou/contract/endpoint.ts'
import { communityRoles, type Role } from '@guankou/contract/roles.ts'

/** Who may call an endpoint, where, and why just these: read by a person, and kept by hand. */
export type Reviewed = {
  readonly roles: readonly Role[] | 'anyone'
  readonly area: AreaRule
  readonly because: string
}

const anyone = (because: string): Reviewed => ({ roles: 'anyone', area: 'none', because })
const only = (area: AreaRule, roles: readonly Role[], because: string): Reviewed => ({ roles, area, because })

/** Everyone with an account. */
const accounts: readonly Role[] = [
  'inspector',
  'post-lead',
  ...communityRoles,
  'desk-partner',
  'screening-clerk',
  'duty-planner',
  'commander',
  'service-officer',
  'enterprise-liaison',
  'administrator',
  'data-protection-officer',
  'auditor',
  'service-account',
]
const without = (...roles: readonly Role[]): readonly Role[] =>
  accounts.filter((role) => !roles.includes(role))

const atPosts: readonly Role[] = ['inspector', 'post-lead', 'service-account']
const watching: readonly Role[] = ['post-lead', 'duty-planner', 'commander', 'auditor']
const figures =
  'Leads, planners and commanders act on the figures, and the auditor checks them; no person is in them.'

/**
 * The reviewed matrix. A declaration that differs from its row fails the tests until somebody has thought about it and
 * written here why; so does an endpoint without a row.
 */
export const reviewedMatrix: Readonly<Record<string, Reviewed>> = {
  'screening.record': only(
    'per-command',
    atPosts,
    'Who stands at the post records, or a system that stands there.',
  ),
  'sync.push': only('per-command', atPosts, 'The same as recording, many at a time.'),
  'sync.pack': only(
    'actor',
    without('screening-clerk', 'service-officer', 'enterprise-liaison', 'data-protection-officer'),
    'Rules, risk areas and posts, for whoever works in the field or answers for it; no person is in it.',
  ),

  'access.sign-in': anyone('Nobody is signed in before signing in; the token decides.'),
  'access.session': only('actor', accounts, 'Everyone may know who they are.'),
  'access.sign-out': only('actor', accounts, 'Everyone may leave.'),
  'access.devices': only(
    'actor',
    [...watching, 'administrator'],
    'A lost or silent phone concerns who leads, plans and administers; the auditor reads along.',
  ),

  'places.list': only(
    'actor',
    without('enterprise-liaison', 'service-account'),
    'Names of posts and areas, to choose from; public but for the size of crews.',
  ),
  'responses.public-notice': anyone('What is asked and why is public.'),

  'situation.summary': only('query.area', watching, figures),
  'situation.posts': only('query.area', watching, figures),
  'situation.origins': only('query.area', watching, figures),
  'situation.curve': only('query.area', watching, figures),
  'situation.events': only('query.area', watching, figures),
  'changes.feed': only('query.area', watching, 'The same figures, as they change.'),

  'health.read': anyone('Load balancers and phones ask before anybody signs in.'),
}
