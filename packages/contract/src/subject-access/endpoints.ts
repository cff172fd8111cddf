import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, CivilDate, Instant, oneOf, printable } from '../primitives.ts'
import { PersonPage } from './person-page.ts'
import { correctableFields, RequestText, RequestView, requestKinds } from './requests.ts'

const closed = { additionalProperties: false } as const

/** Minutes that a page stays open, and how many characters of a number open it. */
export const pageMinutes = 15
export const tailLetters = 4

/** The code on a slip as somebody types it: in any case, with or without hyphens. */
export const TypedSlipCode = Type.String({ minLength: 1, maxLength: 40, pattern: printable })

/** The last characters of the document number, or of the phone where there was no document. */
export const TypedTail = classified(
  'identity',
  Type.String({ minLength: 1, maxLength: 32, pattern: printable }),
)

/** What opens a page until it closes; held in memory, never in a cookie. */
export const PagePass = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', minLength: 43, maxLength: 43 })

/** What was destroyed of the days that a code can be of; says nothing of whether the code was ever given out. */
export const DestroyedDays = Type.Array(
  Type.Object(
    {
      day: CivilDate,
      district: BilingualText,
      destroyedOn: CivilDate,
      certificate: Type.Union([Type.String(), Type.Null()]),
      publicKey: Type.Union([Type.String(), Type.Null()]),
    },
    closed,
  ),
)
export type DestroyedDays = Static<typeof DestroyedDays>

export const OpenedPage = Type.Object(
  {
    is: oneOf(['open', 'destroyed']),
    /** Null where the identities of the day are destroyed and nobody can be told from anybody. */
    pass: Type.Union([PagePass, Type.Null()]),
    closesAt: Type.Union([Instant, Type.Null()]),
    destroyed: DestroyedDays,
  },
  closed,
)
export type OpenedPage = Static<typeof OpenedPage>

const access = { roles: 'anyone', area: 'none', purpose: 'subject-access' } as const

export const openOwnPage = defineEndpoint({
  id: 'subject-access.open',
  method: 'POST',
  path: '/api/subject-access/open',
  summary: 'Open my own page',
  description:
    'Opens the page of the person whose slip code and last four characters go together. An unknown code and wrong characters are answered alike, and tries are limited by code and by address.',
  access,
  audit: { action: 'subject-access.open', record: 'every' },
  limits: { group: 'sign-in', bodyBytes: 512 },
  body: Type.Object({ code: TypedSlipCode, tail: TypedTail }, closed),
  output: OpenedPage,
  errors: ['SLIP_CODE_MISTYPED', 'SLIP_NOT_OPENED', 'SLIP_TRIES_PAUSED', 'SLIP_CODE_CLOSED'],
})

export const readOwnPage = defineEndpoint({
  id: 'subject-access.page',
  method: 'POST',
  path: '/api/subject-access/page',
  summary: 'What is held about me',
  description:
    'Everything that is held of the person, their dates, who looked and why, and their requests; other screenings only where they are of the same document.',
  access,
  audit: { action: 'subject-access.page', record: 'every' },
  limits: { group: 'read', bodyBytes: 256 },
  body: Type.Object({ pass: PagePass }, closed),
  output: PersonPage,
  errors: ['SUBJECT_PAGE_ENDED'],
})

export const askRequest = defineEndpoint({
  id: 'subject-access.ask',
  method: 'POST',
  path: '/api/subject-access/ask',
  summary: 'Ask for a correction, a release or an answer',
  description:
    'Records a request of the person; its text is sealed at once. It is answered until the day that is told.',
  access,
  audit: { action: 'subject-access.ask', record: 'every' },
  limits: { group: 'write', bodyBytes: 8_192 },
  body: Type.Object(
    {
      pass: PagePass,
      kind: oneOf(requestKinds),
      /** Of a correction: what is wrong. */
      field: Type.Optional(oneOf(correctableFields)),
      text: RequestText,
    },
    closed,
  ),
  successStatus: 201,
  output: RequestView,
  errors: ['SUBJECT_PAGE_ENDED', 'REQUEST_LIMIT_REACHED', 'TEXT_NOT_WELL_FORMED'],
})

export const closeOwnPage = defineEndpoint({
  id: 'subject-access.close',
  method: 'POST',
  path: '/api/subject-access/close',
  summary: 'Close my own page',
  description: 'Ends the pass at once, for a phone or computer that others use as well.',
  access,
  audit: { action: 'subject-access.close', record: 'every' },
  limits: { group: 'read', bodyBytes: 256 },
  body: Type.Object({ pass: PagePass }, closed),
  output: Type.Object({ closed: Type.Boolean() }, closed),
  errors: [],
})
