import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, CivilDate, Instant, UuidV7 } from '../primitives.ts'
import { RiskArea } from '../responses/response.ts'
import { Declaration, UseDeclaration } from './declaration.ts'

const closed = { additionalProperties: false } as const

/** What the questions of a response are made from, as far as anyone may know it. */
export const DeclarableResponse = Type.Object(
  {
    id: Type.String(),
    name: BilingualText,
    rulesVersion: Type.Integer(),
    collectionUntil: CivilDate,
    exposureWindowDays: Type.Integer(),
    symptoms: Type.Array(Type.Object({ code: Type.String(), name: BilingualText }, closed)),
    riskAreas: Type.Array(RiskArea),
  },
  closed,
)
export type DeclarableResponse = Static<typeof DeclarableResponse>

export const DeclarationForm = Type.Object(
  {
    city: BilingualText,
    demo: Type.Boolean(),
    /** IANA name, by which times are told. */
    timeZone: Type.String(),
    /** Day in the city, by which the exposure window is counted. */
    today: CivilDate,
    responses: Type.Array(DeclarableResponse),
  },
  closed,
)
export type DeclarationForm = Static<typeof DeclarationForm>

const access = { roles: 'anyone', area: 'none', purpose: 'public-information' } as const

export const declarationForm = defineEndpoint({
  id: 'declarations.form',
  method: 'GET',
  path: '/api/public/declaration-form',
  summary: 'What a declaration asks',
  description:
    'Exposure window, symptoms and risk areas of the responses that collect today; the form on screen and on paper comes from it.',
  access,
  audit: { action: 'declarations.form', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: DeclarationForm,
  errors: [],
})

export const SignedDeclaration = Type.Object(
  {
    /** What the code holds: letters, digits and colons. */
    text: Type.String(),
    issuedAt: Instant,
    expiresAt: Instant,
  },
  closed,
)
export type SignedDeclaration = Static<typeof SignedDeclaration>

export const signDeclaration = defineEndpoint({
  id: 'declarations.sign',
  method: 'POST',
  path: '/api/public/declarations',
  summary: 'Sign a declaration',
  description:
    'Packs and signs what somebody declares, so that a phone at a post can check it without a network. The server keeps none of it but a count by day; a declaration that was shown at a post is not signed again.',
  access,
  audit: { action: 'declarations.sign', record: 'every' },
  limits: { group: 'write', bodyBytes: 16_384 },
  body: Declaration,
  output: SignedDeclaration,
  successStatus: 201,
  errors: [
    'DECLARATION_USED',
    'DECLARATION_TOO_LARGE',
    'UNKNOWN_RESPONSE',
    'UNKNOWN_RULES_VERSION',
    'UNKNOWN_SYMPTOM',
    'UNKNOWN_ORIGIN',
    'UNKNOWN_AREA',
    'PLATE_REQUIRED',
    'SEAT_TAKEN_TWICE',
    'IMPOSSIBLE_TIME',
    'TEXT_NOT_WELL_FORMED',
    'OUTSIDE_COLLECTION',
  ],
})

/** What a use may be refused for, alone or in a push. */
export const useDeclarationRefusals = [
  'INVALID_INPUT',
  'OUTSIDE_AREA',
  'COMMAND_ID_REUSED',
  'ID_TIME_MISMATCH',
  'OCCURRED_IN_FUTURE',
  'IMPOSSIBLE_TIME',
  'UNKNOWN_POST',
] as const

export const useDeclaration = defineEndpoint({
  id: 'declarations.use',
  method: 'POST',
  path: '/api/declarations/uses',
  summary: 'Note that a declaration was shown',
  description:
    'Says which screening a declaration was confirmed in; phones send the same as a command of a push. Of the declaration only a digest of its random id is kept.',
  access: {
    roles: ['inspector', 'post-lead', 'service-account'],
    area: 'body.jurisdiction',
    purpose: 'screening',
  },
  audit: { action: 'declarations.use', record: 'every' },
  limits: { group: 'sync', bodyBytes: 1_024 },
  body: UseDeclaration,
  output: Type.Object({ id: UuidV7, recordedAt: Instant, duplicate: Type.Boolean() }, closed),
  successStatus: 201,
  errors: useDeclarationRefusals,
})
