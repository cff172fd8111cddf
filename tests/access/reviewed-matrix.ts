import type { AreaRule } from '@guankou/contract/endpoint.ts'
import { communityRoles, type Role } from '@guankou/contract/roles.ts'
import { householdsReviewed } from './reviewed-households.ts'
import { rescreenReviewed } from './reviewed-rescreen.ts'

/** Who may call an endpoint, where, and why just these: read by a person, and kept by hand. */
export type Reviewed = {
  readonly roles: readonly Role[] | 'anyone'
  readonly area: AreaRule
  readonly because: string
  /** Decided for the whole city: an account of a district is let through the gate and refused behind it. */
  readonly ofWholeCity?: true
}

const anyone = (because: string): Reviewed => ({ roles: 'anyone', area: 'none', because })
const only = (area: AreaRule, roles: readonly Role[], because: string): Reviewed => ({ roles, area, because })

/** Everyone with an account. */
const accounts: readonly Role[] = [
  'inspector',
  'post-lead',
  'transport-crew',
  'clinic-staff',
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

/** People, who have passwords and sessions of their own. */
const people = without('service-account')
const oneself = 'Everyone looks after their own sign-in, and nobody after another one here.'
const unknownYet = 'Asked before it is known who asks; what is sent decides, and failures are counted.'
const accountsOfArea =
  'Accounts are made and changed by administrators of their area, who prove a factor again; nobody else gives rights.'

const leads: readonly Role[] = ['post-lead', 'administrator']
const phones = 'Phones are enrolled and taken out of use by who leads the post or administers the area.'

const mayLookUp: readonly Role[] = [
  'desk-partner',
  'screening-clerk',
  'post-lead',
  'commander',
  'data-protection-officer',
]
const lookUps =
  'Desk and clerk work on persons, leads and commanders decide on them, the officer answers them; never administrators.'

const followers: readonly Role[] = [...communityRoles, 'screening-clerk', 'commander']

const mayExport: readonly Role[] = ['screening-clerk', 'commander', 'post-lead', 'data-protection-officer']
const listsOut =
  'Who works a list of people asks for it and takes it, after somebody else agreed; never administrators.'

const answerers: readonly Role[] = ['data-protection-officer', 'post-lead', 'desk-partner', 'commander']
const answerersWhy =
  'Requests are answered by who watches over the data, and by who can correct or release; the holder alone answers.'

const watchers: readonly Role[] = ['auditor', 'data-protection-officer']
const watchersWhy = 'The audit is read and verified by both who watch, and by nobody who is watched.'

/** Who takes people over, and hands them on. */
const takers: readonly Role[] = ['transport-crew', 'clinic-staff']
const atPosts: readonly Role[] = ['inspector', 'post-lead', 'service-account']
const resultsIn =
  'Results are about somebody’s health: who leads the post and the clerk who enters them, or the laboratory’s system.'
const keying = ['screening-clerk', 'post-lead'] as const
const watching: readonly Role[] = ['post-lead', 'duty-planner', 'commander', 'auditor']
const figures =
  'Leads, planners and commanders act on the figures, and the auditor checks them; no person is in them.'

const lanesAndDoors: readonly Role[] = [
  'inspector',
  'post-lead',
  'community-health',
  'community-street',
  'community-police',
]
const pairs = 'One at the lane or the door and one at a desk; nobody but the two sees what they say.'
const clerks: readonly Role[] = ['screening-clerk']
const listsIn =
  'The clerk who was given a list brings it, mends it and takes it back; nobody else sees the file.'
const calls =
  'Who calls sees one name and phone at a time, for as long as the row is theirs; commanders see counts.'
const listWatchers: readonly Role[] = ['screening-clerk', 'commander', 'data-protection-officer']
const listFigures =
  'Counts, states and reasons of lists, for who calls, who leads them and who watches; no person.'

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
  'screening.passages': only(
    'actor',
    ['inspector', 'post-lead'],
    'Who has the vehicle in front of them asks who was in it before; a system that records has nobody to ask.',
  ),
  'sync.push': only(
    'per-command',
    [...atPosts, ...takers, ...communityRoles],
    'The same as recording, many at a time; who takes people over sends what is about hand-overs, a community team what is about households and quarantine, and neither anything else.',
  ),
  'sync.pack': only(
    'actor',
    without('screening-clerk', 'service-officer', 'enterprise-liaison', 'data-protection-officer'),
    'Rules, risk areas and posts, for whoever works in the field or answers for it; no person is in it.',
  ),

  'sync.pack-head': only(
    'actor',
    without('screening-clerk', 'service-officer', 'enterprise-liaison', 'data-protection-officer'),
    'Which pack is in force, for the same; keys of lists go to those who screen alone.',
  ),
  'sync.pack-content': anyone(
    'Kept by whatever is on the way, under an address that only a head tells; no person is in it, and digests need the keys.',
  ),
  'sync.pack-delta': anyone('As the content: what changed in it, under an address that only heads tell.'),

  'access.sign-in': anyone('Nobody is signed in before signing in; the token decides.'),
  'access.session': only('actor', accounts, 'Everyone may know who they are.'),
  'access.sign-out': only('actor', accounts, 'Everyone may leave.'),
  'access.sign-in-ways': anyone(unknownYet),
  'access.password-sign-in': anyone(unknownYet),
  'access.passkey-challenge': anyone(unknownYet),
  'access.passkey-sign-in': anyone(unknownYet),
  'access.provider-sign-in': anyone(unknownYet),
  'access.provider-return': anyone(unknownYet),
  'access.prove-factor': only('actor', people, oneself),
  'access.set-password': only('actor', people, oneself),
  'access.start-totp': only('actor', people, oneself),
  'access.confirm-totp': only('actor', people, oneself),
  'access.remove-totp': only('actor', people, oneself),
  'access.renew-backup-codes': only('actor', people, oneself),
  'access.start-passkey': only('actor', people, oneself),
  'access.add-passkey': only('actor', people, oneself),
  'access.remove-passkey': only('actor', people, oneself),
  'access.own-account': only('actor', people, oneself),
  'access.own-sessions': only('actor', people, oneself),
  'access.end-own-sessions': only('actor', people, oneself),

  'access.accounts': only(
    'actor',
    ['administrator', 'data-protection-officer', 'auditor'],
    'Who may do what is known to who grants it and to both who watch over it.',
  ),
  'access.create-account': only('body.area', ['administrator'], accountsOfArea),
  'access.change-account': only('body.area', ['administrator'], accountsOfArea),
  'access.disable-account': only('actor', ['administrator'], accountsOfArea),
  'access.enable-account': only('actor', ['administrator'], accountsOfArea),
  'access.issue-link': only('actor', ['administrator'], accountsOfArea),
  'access.unlock-account': only('actor', ['administrator'], accountsOfArea),
  'access.reset-factors': only('actor', ['administrator'], accountsOfArea),
  'access.account-sessions': only(
    'actor',
    ['administrator', 'auditor'],
    'Where an account is signed in concerns who can end it, and who audits.',
  ),
  'access.end-account-sessions': only('actor', ['administrator'], accountsOfArea),
  'access.api-keys': only(
    'actor',
    ['administrator', 'auditor'],
    'Keys of service accounts concern who gives them, and who audits.',
  ),
  'access.create-api-key': only('actor', ['administrator'], accountsOfArea),
  'access.revoke-api-key': only('actor', ['administrator'], accountsOfArea),

  'access.issue-enrolment-code': only('body.area', leads, phones),
  'access.revoke-device': only('actor', leads, phones),
  'access.restore-device': only('actor', leads, phones),
  'access.enrol-device': anyone('A phone has no account; the code and the proof of its key decide.'),
  'access.contact-device': anyone(
    'A phone that is locked or revoked has no session; the proof of its key decides.',
  ),
  'access.bind-device': only(
    'actor',
    ['inspector', 'post-lead', ...takers, ...communityRoles],
    'Who records on a phone binds their session to its key.',
  ),
  'access.devices': only(
    'actor',
    [...watching, 'administrator'],
    'A lost or silent phone concerns who leads, plans and administers; the auditor reads along.',
  ),

  'places.list': only(
    'actor',
    without('enterprise-liaison', 'service-account', ...takers),
    'Names of posts and areas, to choose from; public but for the size of crews.',
  ),
  'responses.public-notice': anyone('What is asked and why is public.'),
  'certificates.keys': anyone('Keys that check certificates are public; whom to trust is for the operator.'),
  'declarations.form': anyone('What is asked before the journey is public as well.'),
  'declarations.sign': anyone(
    'Whoever travels has no account; nothing is read, a count is kept, and calls are limited by address.',
  ),
  'declarations.use': only(
    'body.jurisdiction',
    ['inspector', 'post-lead', 'service-account'],
    'Whoever screens notes that a declaration was shown; it says nothing of what it held.',
  ),

  'responses.renew-collection': {
    ...only(
      'actor',
      ['commander'],
      'A collection goes on only because a commander of the city says so by name.',
    ),
    ofWholeCity: true,
  },

  'audit.heads': anyone('Heads are published, so that anyone can tell later whether the audit was changed.'),
  'audit.chains': only('actor', watchers, watchersWhy),
  'audit.entries': only('query.area', watchers, watchersWhy),
  'audit.verify': only('actor', watchers, watchersWhy),

  'identity.look-up': only('actor', mayLookUp, lookUps),
  'identity.unmask': only('actor', mayLookUp, lookUps),
  'identity.own-look-ups': only('actor', mayLookUp, 'One sees what one looked up, and what is left.'),
  'identity.accesses': only(
    'query.area',
    ['data-protection-officer', 'auditor'],
    'Both watch over look-ups; whom an officer saw is not said.',
  ),

  'exports.request': only('actor', mayExport, listsOut),
  'exports.list': only(
    'actor',
    [...mayExport, 'auditor'],
    'Lists are themselves listed, for who asks and who watches.',
  ),
  'exports.decide': only(
    'actor',
    ['commander', 'data-protection-officer'],
    'A second person decides, who answers for the epidemic or for the data, and proves a factor again.',
  ),
  'exports.stop': only('actor', mayExport, 'Who may ask for a list may stop one, at any time.'),
  'exports.download': only('actor', mayExport, listsOut),
  'exports.trace': only(
    'actor',
    ['data-protection-officer', 'auditor'],
    'Where a leaked row came from is found by who watches, and not by who may have leaked it.',
  ),

  'subject-access.open': anyone(
    'Whoever holds a slip has no account; code and characters decide, and tries are counted.',
  ),
  'subject-access.page': anyone(
    'The pass of fifteen minutes decides whose page it is, and nothing else does.',
  ),
  'subject-access.ask': anyone('The pass decides for whom it is asked; anyone may ask for themselves.'),
  'subject-access.close': anyone('Everyone may close what they opened.'),
  'subject-access.requests': only('actor', answerers, answerersWhy),
  'subject-access.open-request': only('actor', answerers, answerersWhy),
  'subject-access.answer': only('actor', answerers, answerersWhy),
  'subject-access.hand-on': only('actor', answerers, answerersWhy),
  'subject-access.desk-page': only(
    'actor',
    ['data-protection-officer', 'post-lead', 'desk-partner'],
    'Who sits at a desk or leads a post prints the page for those without a phone.',
  ),

  'retention.plan': only(
    'actor',
    ['commander', 'administrator', 'data-protection-officer', 'auditor'],
    'When what is destroyed concerns who collects, who runs the system and who watches.',
  ),
  'retention.history': only(
    'actor',
    ['data-protection-officer', 'auditor'],
    'What was destroyed is proved to who watches over it.',
  ),
  'retention.certificate': only(
    'actor',
    ['data-protection-officer', 'auditor'],
    'What was destroyed is proved to who watches over it.',
  ),

  'screening.correct': only(
    'actor',
    ['screening-clerk', 'post-lead'],
    'Who works on the record or leads the post that made it puts right what was entered wrongly.',
  ),
  'screening.decision': only(
    'actor',
    ['post-lead', 'commander', 'screening-clerk', 'auditor'],
    'Who decides otherwise, who works on the record and who checks both see why; nobody is named.',
  ),
  'screening.override': only(
    'actor',
    ['post-lead', 'commander'],
    'Who leads the post or the city answers for another disposition; never who is at the lane.',
  ),
  'screening.answer-override': only(
    'actor',
    ['post-lead', 'commander'],
    'The second person is one who could have decided it; never the same one.',
  ),
  'screening.overrides': only(
    'query.area',
    ['post-lead', 'commander', 'screening-clerk', 'auditor'],
    'Who decides otherwise, who works on the record and who checks both; nobody who was screened is named.',
  ),
  'screening.replay': only(
    'query.area',
    ['commander', 'auditor'],
    'Whether records still follow from the rules is checked by who answers for them and who audits.',
  ),

  'testing.allocation': only('query.area', watching, figures),
  'testing.evidence': only('query.area', watching, figures),
  'testing.record': only(
    'body.jurisdiction',
    ['inspector', 'post-lead', 'screening-clerk', 'service-account'],
    'Who takes samples records it, at the post or at the desk behind it.',
  ),
  'testing.tests': only('query.area', ['post-lead', 'screening-clerk'], resultsIn),
  'testing.enter-results': only('actor', ['post-lead', 'screening-clerk', 'service-account'], resultsIn),
  'testing.import-results': only('actor', ['post-lead', 'screening-clerk', 'service-account'], resultsIn),
  'testing.set-budgets': only(
    'actor',
    ['duty-planner', 'commander'],
    'Who plans the work says how many tests it takes.',
  ),
  'testing.set-settings': {
    ...only(
      'actor',
      ['duty-planner', 'commander'],
      'How tests are given is one decision for the whole city.',
    ),
    ofWholeCity: true,
  },

  'worklists.begin': only('body.jurisdiction', clerks, listsIn),
  'worklists.add-part': only('actor', clerks, listsIn),
  'worklists.inspect': only('actor', clerks, listsIn),
  'worklists.start': only('actor', clerks, listsIn),
  'worklists.undo': only('actor', clerks, listsIn),
  'worklists.mend': only('actor', clerks, listsIn),
  'worklists.separate': only('actor', clerks, listsIn),
  'worklists.lists': only('actor', listWatchers, listFigures),
  'worklists.rejected-rows': only('actor', listWatchers, listFigures),
  'worklists.next': only('actor', clerks, calls),
  'worklists.release': only('actor', clerks, calls),
  'worklists.record': only('actor', clerks, calls),
  'worklists.take-back': only('actor', clerks, calls),
  'worklists.queue': only('actor', clerks, calls),
  'worklists.reassign': only(
    'actor',
    ['commander'],
    'Who answers for all clerks shares their work out anew.',
  ),

  'pairing.open': only('actor', lanesAndDoors, pairs),
  'pairing.partners': only('actor', lanesAndDoors, pairs),
  'pairing.mine': only('actor', [...lanesAndDoors, 'desk-partner'], pairs),
  'pairing.join': only('actor', ['desk-partner'], pairs),
  'pairing.facts': only('actor', [...lanesAndDoors, 'desk-partner'], pairs),
  'pairing.say': only('actor', [...lanesAndDoors, 'desk-partner'], pairs),
  'pairing.look-up': only(
    'actor',
    ['desk-partner'],
    'The desk looks things up for its partner, under the limits of every look-up.',
  ),
  'pairing.end': only('actor', [...lanesAndDoors, 'desk-partner'], pairs),
  'pairing.feed': only('actor', [...lanesAndDoors, 'desk-partner'], pairs),
  'pairing.log': only(
    'actor',
    ['commander', 'data-protection-officer', 'auditor'],
    'Who asked whom what, and for which purpose; nothing that was written.',
  ),

  ...rescreenReviewed,

  'situation.summary': only('query.area', watching, figures),
  'situation.posts': only('query.area', watching, figures),
  'situation.origins': only('query.area', watching, figures),
  'situation.curve': only('query.area', watching, figures),
  'situation.events': only('query.area', watching, figures),
  'origin.risk': only('query.area', watching, figures),
  'origin.trend': only('query.area', watching, figures),
  'origin.counts': only('query.area', watching, figures),
  'origin.mixing': only('query.area', watching, figures),
  'origin.preview': only(
    'body.area',
    ['duty-planner', 'commander'],
    'Who prepares and who decides a change of risk areas sees first whom it would reach; no person is in it.',
  ),
  'origin.import-cases': {
    ...only(
      'body.area',
      ['screening-clerk', 'duty-planner', 'commander'],
      'Who works on lists, plans and commands brings published figures for the city; every file is kept with its source.',
    ),
    ofWholeCity: true,
  },
  'origin.case-sets': only(
    'query.area',
    ['screening-clerk', 'duty-planner', 'commander', 'post-lead', 'auditor'],
    'Whoever sees or brings figures of origins may know where they are from; they are public.',
  ),
  'posts.record': only(
    'body.jurisdiction',
    ['inspector', 'post-lead', 'duty-planner', 'commander'],
    'Who works at a post tells what happens there; who plans or commands sends officers, and the rule for each fact says whose it is.',
  ),
  'posts.board': only('query.area', watching, figures),
  'posts.post': only(
    'actor',
    ['inspector', 'post-lead', 'duty-planner', 'commander'],
    'The crew of a post and those who answer for it; also who was sent there and has arrived, as long as they stay. No health is in it.',
  ),
  'posts.crew-health': only(
    'actor',
    ['post-lead'],
    'How an officer is on coming to the post is for the lead alone; each look is audited.',
  ),
  'posts.dispatches': only(
    'actor',
    ['inspector', 'post-lead'],
    'Who was sent to a post has to find it; only dispatches that name the caller are told.',
  ),
  'posts.officers': only(
    'query.area',
    ['post-lead', 'duty-planner', 'commander'],
    'Who sends officers has to know whom there is in their own area; nobody else does.',
  ),
  ...householdsReviewed,
  'handovers.list': only(
    'query.area',
    ['inspector', 'post-lead', ...takers, 'duty-planner', 'commander', 'auditor'],
    'Who hands over and who takes, and who sees that it is done; planner and auditor see no finding, and nobody a name.',
  ),
  'handovers.chain': only(
    'query.jurisdiction',
    watching,
    'Who answers for hand-overs and who checks them verify signatures; notes may name somebody, so that each opening is audited.',
  ),
  'handovers.names': only(
    'query.jurisdiction',
    takers,
    'Who takes people over has to know that they are the right ones: a covered name each, and each person sees it.',
  ),
  'handovers.act': only(
    'body.jurisdiction',
    ['post-lead', 'commander'],
    'Who a late hand-over goes to notes, closes and cancels it at a desk; nobody signs there.',
  ),
  'handovers.limits': {
    ...only('actor', ['commander'], 'How long people may wait is one decision for the whole city.'),
    ofWholeCity: true,
  },
  'quarantine.order': only(
    'body.jurisdiction',
    ['community-health', 'commander'],
    'To keep somebody in is for the health worker who saw them and for who commands; nobody else orders it.',
  ),
  'quarantine.act': only(
    'body.jurisdiction',
    followers,
    'Who follows people up writes down what they did and saw; what is decided is refused to all but health worker and commander.',
  ),
  'quarantine.board': only(
    'query.area',
    [...followers, 'duty-planner', 'auditor'],
    'Who follows people up, and who sees that it is done; nobody is named on it.',
  ),
  'quarantine.file': only(
    'query.jurisdiction',
    followers,
    'Who follows somebody up has to know what was before; covered, and each opening is audited.',
  ),
  'quarantine.unmask': only(
    'body.jurisdiction',
    followers,
    'Who calls or goes there needs name, number and door: one field at a time, for a reason, and the person sees it.',
  ),
  'quarantine.link': only(
    'body.jurisdiction',
    followers,
    'Who delivers the notice gives the person the link to report by; each time is audited.',
  ),
  'quarantine.print': only(
    'body.jurisdiction',
    followers,
    'Who delivers the notice or the certificate prints it; it names the person, who sees that it was made.',
  ),
  'quarantine.own': anyone('The secret on the notice decides; what is shown names nobody.'),
  'quarantine.report': anyone('The secret on the notice decides; reports are counted, and of one episode.'),
  'quarantine.released': anyone(
    'Whoever is shown a certificate may ask whether it is genuine; the code says all that is answered, covered, and nothing is looked up.',
  ),
  'quarantine.ask': anyone(
    'The secret on the notice decides; what is asked for is counted, and of one episode.',
  ),
  'monitoring.posts': only('query.area', watching, figures),
  'monitoring.slots': only('query.area', watching, figures),
  'monitoring.calendar': only('query.area', watching, figures),
  'monitoring.alarms': only('query.area', watching, figures),
  'monitoring.alarm': only(
    'actor',
    watching,
    'Who may see alarms may see what became of one; notes may name somebody, so that each opening is audited.',
  ),
  'monitoring.act': only(
    'actor',
    ['post-lead', 'duty-planner', 'commander'],
    'Who leads the post, plans or commands answers for an alarm; the auditor looks on.',
  ),
  'monitoring.policy': {
    ...only('actor', ['commander'], 'How often alarms may be false is one decision for the whole city.'),
    ofWholeCity: true,
  },
  'matching.import': only(
    'body.jurisdiction',
    ['screening-clerk', 'commander'],
    'Who works on lists brings them, and who commands may; numbers become digests at once.',
  ),
  'matching.lists': only(
    'actor',
    ['screening-clerk', 'commander', 'data-protection-officer', 'auditor'],
    'Who brings lists, and who watches over them, sees which there are; never an entry.',
  ),
  'matching.withdraw': only(
    'actor',
    ['screening-clerk', 'commander'],
    'Who may bring a list may end it, or take somebody off it.',
  ),
  'matching.confirm': only(
    'actor',
    ['inspector', 'post-lead'],
    'Whose phone found a probable match has it confirmed before anybody acts on it.',
  ),

  'screening.correct-findings': only('actor', keying, 'As names are; what was decided stays.'),
  'paper.keep': only(
    'body.jurisdiction',
    keying,
    'Who works at the desk, and who answers for the post, keys its paper.',
  ),
  'paper.forms': only(
    'query.jurisdiction',
    keying,
    'Who keys paper sees what is keyed, covered, and what it may be; each opening is audited.',
  ),
  'paper.backlog': only('actor', keying, 'Counts of what waits, of no person.'),
  'paper.record': only(
    'body.jurisdiction',
    keying,
    'Who keyed a form records it; the rules of its day decide.',
  ),
  'paper.take-back': only(
    'body.jurisdiction',
    keying,
    'Who keys paper takes back what is not to be recorded, with a ground.',
  ),

  'changes.feed': only('query.area', watching, 'The same figures, as they change.'),

  'health.read': anyone('Load balancers and phones ask before anybody signs in.'),
}
