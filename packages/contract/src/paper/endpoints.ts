import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, CivilDate, Count, DivisionCode, Instant, oneOf, UuidV7 } from '../primitives.ts'
import type { Role } from '../roles.ts'
import { Disposition } from '../screening/decisions.ts'
import { PaperForm, PaperLikeness, PaperProblem, paperStates, ShownForm, takeBackGrounds } from './form.ts'

const closed = { additionalProperties: false } as const

/** Who keys paper forms: who works at the desk, and who answers for the post they come from. */
export const paperRoles = ['screening-clerk', 'post-lead'] as const satisfies readonly Role[]

/** More than a post fills on paper in a day; what is beyond waits until some are recorded. */
export const mostFormsOfDay = 1_000
/** Forms that are recorded in one go. */
export const mostFormsAtOnce = 50

const PostId = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const Revision = Type.Integer({ minimum: 0, maximum: 1_000_000 })

export const PaperFormView = Type.Object(
  {
    id: UuidV7,
    revision: Revision,
    state: oneOf(paperStates),
    keptAt: Instant,
    keyedBy: BilingualText,
    changedAt: Instant,
    /** Null once it was recorded or taken back, or where the key of its day is destroyed. */
    form: Type.Union([ShownForm, Type.Null()]),
    serial: Type.Union([Type.String(), Type.Null()]),
    problems: Type.Array(PaperProblem),
    alike: Type.Array(PaperLikeness),
    /** Why the server did not take it. */
    refusal: Type.Union([
      Type.Object(
        { code: Type.String(), path: Type.Union([Type.String(), Type.Null()]), text: BilingualText },
        closed,
      ),
      Type.Null(),
    ]),
    recorded: Type.Union([
      Type.Object({ screeningId: UuidV7, at: Instant, disposition: Disposition }, closed),
      Type.Null(),
    ]),
    ground: Type.Union([oneOf(takeBackGrounds), Type.Null()]),
  },
  closed,
)
export type PaperFormView = Static<typeof PaperFormView>

export const keepPaperForm = defineEndpoint({
  id: 'paper.keep',
  method: 'POST',
  path: '/api/paper/forms',
  summary: 'Keep a paper form as it is keyed',
  description:
    'Keeps a form sealed, finished or not, so that nothing is lost where the browser is closed. The same form sent again changes nothing. What names somebody is answered covered, and is kept by naming it instead of sending it again.',
  access: { roles: paperRoles, area: 'body.jurisdiction', purpose: 'screening' },
  audit: { action: 'paper.keep', record: 'every' },
  limits: { group: 'write', bodyBytes: 65_536 },
  body: Type.Object(
    {
      /** Made by the browser for each sheet of paper. */
      id: UuidV7,
      jurisdiction: DivisionCode,
      postId: PostId,
      day: CivilDate,
      /** The one that was seen; 0 for a form that is new. */
      revision: Revision,
      form: PaperForm,
    },
    closed,
  ),
  output: PaperFormView,
  errors: [
    'OUTSIDE_AREA',
    'UNKNOWN_POST',
    'UNKNOWN_LANE',
    'IMPOSSIBLE_TIME',
    'OUTSIDE_COLLECTION',
    'TEXT_NOT_WELL_FORMED',
    'PAPER_FORM_CHANGED',
    'PAPER_FORM_ENDED',
    'PAPER_BACKLOG_FULL',
    'IDENTITY_DESTROYED',
  ],
})

export const listPaperForms = defineEndpoint({
  id: 'paper.forms',
  method: 'GET',
  path: '/api/paper/forms',
  summary: 'Paper forms of a post and day',
  description:
    'What is keyed and not recorded yet, what was rejected and why, what was recorded and taken back, and what of the same day it may be. What names somebody is covered.',
  access: { roles: paperRoles, area: 'query.jurisdiction', purpose: 'screening' },
  audit: { action: 'paper.forms', record: 'every' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object(
    {
      jurisdiction: DivisionCode,
      post: PostId,
      day: CivilDate,
    },
    closed,
  ),
  output: Type.Object(
    {
      timeZone: Type.String(),
      /** What the paper of that day asks; null where nothing was collected then. */
      response: Type.Union([
        Type.Object(
          {
            id: Type.String(),
            name: BilingualText,
            rulesVersion: Type.Integer(),
            feverThresholdCelsius: Type.Number(),
            exposureWindowDays: Type.Integer(),
            symptoms: Type.Array(Type.Object({ code: Type.String(), name: BilingualText }, closed)),
          },
          closed,
        ),
        Type.Null(),
      ]),
      forms: Type.Array(PaperFormView),
    },
    closed,
  ),
  errors: ['OUTSIDE_AREA', 'UNKNOWN_POST', 'IMPOSSIBLE_TIME'],
})

export const BacklogLine = Type.Object(
  {
    jurisdiction: DivisionCode,
    postId: PostId,
    day: CivilDate,
    kept: Count,
    rejected: Count,
    recorded: Count,
  },
  closed,
)
export type BacklogLine = Static<typeof BacklogLine>

export const readPaperBacklog = defineEndpoint({
  id: 'paper.backlog',
  method: 'GET',
  path: '/api/paper/backlog',
  summary: 'Posts and days with paper forms',
  description: 'How many forms of each post and day are kept, rejected and recorded; those that wait first.',
  access: { roles: paperRoles, area: 'actor', purpose: 'screening' },
  audit: { action: 'paper.backlog', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Type.Object({ lines: Type.Array(BacklogLine) }, closed),
  errors: [],
})

export const PaperOutcome = Type.Object(
  { id: UuidV7, outcome: oneOf(['recorded', 'rejected', 'waits', 'changed', 'unknown']) },
  closed,
)
export type PaperOutcome = Static<typeof PaperOutcome>

export const recordPaperForms = defineEndpoint({
  id: 'paper.record',
  method: 'POST',
  path: '/api/paper/record',
  summary: 'Record paper forms as screenings',
  description:
    'Each form becomes an ordinary screening at its original time, decided by the rules of its day and marked as keyed from paper. Forms that lack something, or look like something recorded that nobody said is another, wait; each is answered alone.',
  access: { roles: paperRoles, area: 'body.jurisdiction', purpose: 'screening' },
  audit: { action: 'paper.record', record: 'every' },
  limits: { group: 'write', bodyBytes: 16_384 },
  body: Type.Object(
    {
      jurisdiction: DivisionCode,
      forms: Type.Array(
        Type.Object(
          {
            id: UuidV7,
            revision: Revision,
            /** Somebody looked at what it is like, and says that it is another one. */
            isAnother: Type.Optional(Type.Literal(true)),
          },
          closed,
        ),
        { minItems: 1, maxItems: mostFormsAtOnce },
      ),
    },
    closed,
  ),
  output: Type.Object({ outcomes: Type.Array(PaperOutcome) }, closed),
  errors: ['OUTSIDE_AREA', 'DATABASE_UNAVAILABLE', 'KEY_SERVICE_UNAVAILABLE'],
})

export const takeBackPaperForm = defineEndpoint({
  id: 'paper.take-back',
  method: 'POST',
  path: '/api/paper/take-back',
  summary: 'Take a paper form back',
  description:
    'A form that is not to be recorded: what was keyed of it is destroyed, that it was there stays with its ground.',
  access: { roles: paperRoles, area: 'body.jurisdiction', purpose: 'screening' },
  audit: { action: 'paper.take-back', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ jurisdiction: DivisionCode, id: UuidV7, ground: oneOf(takeBackGrounds) }, closed),
  output: Type.Object({ id: UuidV7 }, closed),
  errors: ['OUTSIDE_AREA', 'UNKNOWN_PAPER_FORM', 'PAPER_FORM_ENDED'],
})
