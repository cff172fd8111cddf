import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { lookUpPurposes } from '../identity/purposes.ts'
import { BilingualText, CivilDate, Count, Instant, oneOf, printable, UuidV7 } from '../primitives.ts'
import type { Role } from '../roles.ts'
import { PairingLookUp } from './look-up.ts'
import {
  askedKinds,
  pairingDeskRoles,
  pairingEnds,
  pairingFactKinds,
  pairingFieldRoles,
  pairingSides,
  pairingStates,
  preparedAnswers,
  subjectKinds,
} from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const both = [...pairingFieldRoles, ...pairingDeskRoles] as const satisfies readonly Role[]
const nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])

const AccountId = Type.String({ format: 'uuid', maxLength: 36 })
const Words = classified('identity', Type.String({ minLength: 1, maxLength: 300, pattern: printable }))

/** Who or what stands before the one at the door. */
export const PairingSubject = Type.Object(
  {
    kind: oneOf(subjectKinds),
    text: classified('identity', Type.String({ minLength: 1, maxLength: 80, pattern: printable })),
  },
  closed,
)
export type PairingSubject = Static<typeof PairingSubject>

export const PairingView = Type.Object(
  {
    pairingId: UuidV7,
    openedAt: Instant,
    state: oneOf(pairingStates),
    /** Six digits while it waits, for the one who opened it. */
    code: nullable(Type.String({ pattern: '^[0-9]{6}$' })),
    /** When it ends by itself if nothing more is said. */
    endsAt: Instant,
    field: BilingualText,
    fieldRole: Type.String(),
    desk: nullable(BilingualText),
    facts: Count,
    ended: nullable(oneOf(pairingEnds)),
  },
  closed,
)
export type PairingView = Static<typeof PairingView>

/** What an answer of one press tells beside its word: until when an order runs, how many live there, when a visit was complete. */
export const ToldWithAnswer = Type.Object(
  {
    until: Type.Optional(CivilDate),
    people: Type.Optional(Type.Integer({ minimum: 0, maximum: 999 })),
    visitedOn: Type.Optional(CivilDate),
  },
  closed,
)
export type ToldWithAnswer = Static<typeof ToldWithAnswer>

/** One thing that was said or done, as the two of them see it. */
export const PairingFact = Type.Object(
  {
    id: UuidV7,
    seq: Type.Integer({ minimum: 1 }),
    at: Instant,
    side: oneOf(pairingSides),
    kind: oneOf(pairingFactKinds),
    subject: Type.Optional(PairingSubject),
    asked: Type.Optional(oneOf(askedKinds)),
    answer: Type.Optional(oneOf(preparedAnswers)),
    told: Type.Optional(ToldWithAnswer),
    words: Type.Optional(Words),
    purpose: Type.Optional(oneOf(lookUpPurposes)),
    matches: Type.Optional(Count),
    /** The question that an answer or a look-up belongs to. */
    to: Type.Optional(UuidV7),
    /** What was written is destroyed, as the time to keep it is over. */
    destroyed: Type.Optional(Type.Literal(true)),
  },
  closed,
)
export type PairingFact = Static<typeof PairingFact>

export const openPairing = defineEndpoint({
  id: 'pairing.open',
  method: 'POST',
  path: '/api/pairing/open',
  summary: 'Open a pairing',
  description:
    'Whoever is at the lane or the door opens it, with a code to tell by voice or for a partner who is picked. One that still runs ends. The same id a second time is the same pairing.',
  access: { roles: pairingFieldRoles, area: 'actor', purpose: 'pairing' },
  audit: { action: 'pairing.open', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ id: UuidV7, partner: Type.Optional(AccountId) }, closed),
  output: PairingView,
  errors: ['UNKNOWN_PARTNER', 'ID_TIME_MISMATCH', 'COMMAND_ID_REUSED'],
})

export const listPartners = defineEndpoint({
  id: 'pairing.partners',
  method: 'GET',
  path: '/api/pairing/partners',
  summary: 'Who can be picked as a partner',
  description: 'Desk partners whose area holds that of whoever asks, and whether they are in a pairing now.',
  access: { roles: pairingFieldRoles, area: 'actor', purpose: 'pairing' },
  audit: { action: 'pairing.partners', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Type.Object(
    {
      partners: Type.Array(
        Type.Object({ accountId: AccountId, name: BilingualText, busy: Type.Boolean() }, closed),
      ),
    },
    closed,
  ),
  errors: [],
})

export const readOwnPairings = defineEndpoint({
  id: 'pairing.mine',
  method: 'GET',
  path: '/api/pairing/mine',
  summary: 'The pairing that an account is in, and those that wait for it',
  description: 'By this a phone or a page that was closed goes on where it was.',
  access: { roles: both, area: 'actor', purpose: 'pairing' },
  audit: { action: 'pairing.mine', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Type.Object({ current: nullable(PairingView), waiting: Type.Array(PairingView) }, closed),
  errors: [],
})

export const joinPairing = defineEndpoint({
  id: 'pairing.join',
  method: 'POST',
  path: '/api/pairing/join',
  summary: 'Join a pairing',
  description: 'By the code that was told, or one that waits for whoever asks. A code is used up by this.',
  access: { roles: pairingDeskRoles, area: 'actor', purpose: 'pairing' },
  audit: { action: 'pairing.join', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object(
    {
      code: Type.Optional(Type.String({ pattern: '^[0-9]{6}$' })),
      pairingId: Type.Optional(UuidV7),
    },
    closed,
  ),
  output: PairingView,
  errors: ['UNKNOWN_PAIRING', 'PAIRING_BUSY'],
})

export const readPairing = defineEndpoint({
  id: 'pairing.facts',
  method: 'GET',
  path: '/api/pairing/facts',
  summary: 'What was said in a pairing, after what is known already',
  description:
    'For the two of a pairing alone. After a break nothing is missing: it goes on after the last one seen.',
  access: { roles: both, area: 'actor', purpose: 'pairing' },
  audit: { action: 'pairing.facts', record: 'every' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object(
    { pairing: UuidV7, after: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_147_483_647 })) },
    closed,
  ),
  output: Type.Object({ pairing: PairingView, facts: Type.Array(PairingFact) }, closed),
  errors: ['UNKNOWN_PAIRING'],
})

const Said = Type.Union([
  Type.Object({ kind: Type.Literal('subject'), subject: PairingSubject }, closed),
  Type.Object(
    { kind: Type.Literal('question'), asked: oneOf(askedKinds), words: Type.Optional(Words) },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('answer'),
      to: UuidV7,
      answer: oneOf(preparedAnswers),
      told: Type.Optional(ToldWithAnswer),
      words: Type.Optional(Words),
    },
    closed,
  ),
])
export type Said = Static<typeof Said>

export const sayInPairing = defineEndpoint({
  id: 'pairing.say',
  method: 'POST',
  path: '/api/pairing/say',
  summary: 'Say who is before one, ask, or answer',
  description:
    'The field names subjects and asks, the desk answers. Whatever is written is sealed. The same id a second time changes nothing, so that it may be sent again after a break.',
  access: { roles: both, area: 'actor', purpose: 'pairing' },
  audit: { action: 'pairing.say', record: 'every' },
  limits: { group: 'write', bodyBytes: 4_096 },
  body: Type.Object({ pairingId: UuidV7, id: UuidV7, said: Said }, closed),
  output: Type.Object({ seq: Type.Integer({ minimum: 1 }) }, closed),
  errors: [
    'UNKNOWN_PAIRING',
    'PAIRING_ENDED',
    'PAIRING_NOT_YOURS_TO_SAY',
    'UNKNOWN_QUESTION',
    'TEXT_NOT_WELL_FORMED',
    'IDENTITY_DESTROYED',
    'INVALID_INPUT',
  ],
})

export const lookUpInPairing = defineEndpoint({
  id: 'pairing.look-up',
  method: 'POST',
  path: '/api/pairing/look-up',
  summary: 'Look up what a question is about',
  description:
    'The look-up that fits the question and the subject at its time: screenings, quarantine orders, or households. Under a purpose, masked, within the limits of every look-up and shown to each person found; the pairing keeps that it was made.',
  access: { roles: pairingDeskRoles, area: 'actor', purpose: 'pairing' },
  audit: { action: 'pairing.look-up', record: 'every' },
  limits: { group: 'read', bodyBytes: 1_024 },
  body: Type.Object(
    { pairingId: UuidV7, id: UuidV7, questionId: UuidV7, purpose: oneOf(lookUpPurposes) },
    closed,
  ),
  output: PairingLookUp,
  errors: [
    'UNKNOWN_PAIRING',
    'PAIRING_ENDED',
    'UNKNOWN_QUESTION',
    'PAIRING_SUBJECT_MISSING',
    'PAIRING_SUBJECT_OF_OTHER_KIND',
    'PAIRING_ADDRESS_UNCLEAR',
    'PURPOSE_NOT_ALLOWED',
    'LOOK_UP_LIMIT_REACHED',
    'IDENTITY_DESTROYED',
    'INVALID_INPUT',
  ],
})

export const endPairing = defineEndpoint({
  id: 'pairing.end',
  method: 'POST',
  path: '/api/pairing/end',
  summary: 'End a pairing',
  description: 'Either of the two ends it; one that has ended stays as it is.',
  access: { roles: both, area: 'actor', purpose: 'pairing' },
  audit: { action: 'pairing.end', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ pairingId: UuidV7 }, closed),
  output: PairingView,
  errors: ['UNKNOWN_PAIRING'],
})

/** Something was said in a pairing of whoever listens, or one waits for them. */
export const PairingWake = Type.Object({ pairingId: UuidV7, seq: Count }, closed)
export type PairingWake = Static<typeof PairingWake>

export const pairingFeed = defineEndpoint({
  id: 'pairing.feed',
  method: 'GET',
  path: '/api/pairing/feed',
  summary: 'That something was said, as it is said',
  description:
    'Server-sent events of the pairings of an account: which one, and how far it has come. What was said is read with pairing.facts.',
  access: { roles: both, area: 'actor', purpose: 'pairing' },
  audit: { action: 'pairing.feed', record: 'denied' },
  limits: { group: 'stream', bodyBytes: 0 },
  output: PairingWake,
  stream: 'sse',
  errors: [],
})

export const listPairings = defineEndpoint({
  id: 'pairing.log',
  method: 'GET',
  path: '/api/pairing/log',
  summary: 'Who asked whom what',
  description:
    'Pairings of a day with who took part, the kinds of what was asked and answered, and the purposes of look-ups. What was written is not shown.',
  access: { roles: ['commander', 'data-protection-officer', 'auditor'], area: 'actor', purpose: 'oversight' },
  audit: { action: 'pairing.log', record: 'every' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ day: CivilDate }, closed),
  output: Type.Object(
    {
      pairings: Type.Array(
        Type.Object(
          {
            pairing: PairingView,
            facts: Type.Array(
              Type.Object(
                {
                  at: Instant,
                  side: oneOf(pairingSides),
                  kind: oneOf(pairingFactKinds),
                  asked: nullable(oneOf(askedKinds)),
                  answer: nullable(oneOf(preparedAnswers)),
                  purpose: nullable(oneOf(lookUpPurposes)),
                  matches: nullable(Count),
                },
                closed,
              ),
            ),
          },
          closed,
        ),
      ),
    },
    closed,
  ),
  errors: [],
})
