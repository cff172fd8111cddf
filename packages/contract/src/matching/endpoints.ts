import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, Count, DivisionCode, Instant, oneOf, printable, UuidV7 } from '../primitives.ts'
import type { Role } from '../roles.ts'
import { keptLists, matchKinds } from './match-list.ts'
import { matchingRoles, matchReasons } from './reasons.ts'

const closed = { additionalProperties: false } as const

const keepers = ['screening-clerk', 'commander'] as const satisfies readonly Role[]
const watchers = [
  'screening-clerk',
  'commander',
  'data-protection-officer',
  'auditor',
] as const satisfies readonly Role[]

const Basis = classified('identity', Type.String({ minLength: 8, maxLength: 300, pattern: printable }))
const Title = Type.Object(
  {
    zh: Type.String({ minLength: 1, maxLength: 40, pattern: printable }),
    en: Type.String({ minLength: 1, maxLength: 60, pattern: printable }),
  },
  closed,
)
const Number_ = classified('identity', Type.String({ minLength: 1, maxLength: 40, pattern: printable }))

/** A row that was not taken; what stood in it is not repeated. */
export const MatchRowRefused = Type.Object(
  { row: Count, why: oneOf(['kind', 'number', 'reason', 'until']) },
  closed,
)

export const ImportedMatches = Type.Object(
  { listId: UuidV7, added: Count, known: Count, rowsRefused: Count, refused: Type.Array(MatchRowRefused) },
  closed,
)
export type ImportedMatches = Static<typeof ImportedMatches>

export const importMatches = defineEndpoint({
  id: 'matching.import',
  method: 'POST',
  path: '/api/matching/lists',
  summary: 'Bring a list of people or vehicles to be asked',
  description:
    'CSV with the columns kind (plate or document) and number, and where they differ reason and until. Numbers are digested at once under a key made for this list and kept nowhere; the list ends by itself. With listId, entries join a list that runs; with replaces, another list ends in the same step.',
  access: { roles: keepers, area: 'body.jurisdiction', purpose: 'administration' },
  audit: { action: 'matching.import', record: 'every' },
  limits: { group: 'write', bodyBytes: 4_194_304 },
  body: Type.Object(
    {
      jurisdiction: DivisionCode,
      title: Title,
      /** Of rows that name none. */
      reason: oneOf(matchReasons),
      /** Of rows that name none; at most 21 days ahead. */
      until: Instant,
      /** The order or decision that the list rests on. */
      basis: Basis,
      csv: classified('identity', Type.String({ minLength: 1, maxLength: 4_000_000 })),
      listId: Type.Optional(UuidV7),
      replaces: Type.Optional(UuidV7),
    },
    closed,
  ),
  output: ImportedMatches,
  errors: [
    'OUTSIDE_AREA',
    'UNKNOWN_AREA',
    'MATCH_FILE_UNREADABLE',
    'MATCH_LISTS_FULL',
    'UNKNOWN_MATCH_LIST',
    'MATCH_LIST_KEPT',
    'INVALID_INPUT',
  ],
})

export const MatchListView = Type.Object(
  {
    id: UuidV7,
    jurisdiction: DivisionCode,
    title: BilingualText,
    importedAt: Instant,
    until: Instant,
    plates: Count,
    documents: Count,
    reasons: Type.Array(oneOf(matchReasons)),
    /** What the system keeps it for; null where it was brought. Nobody ends or changes a list that is kept. */
    kept: Type.Union([oneOf(keptLists), Type.Null()]),
    ended: Type.Union([
      Type.Object({ at: Instant, ground: oneOf(['withdrawn', 'replaced']) }, closed),
      Type.Null(),
    ]),
  },
  closed,
)
export type MatchListView = Static<typeof MatchListView>

export const listMatchLists = defineEndpoint({
  id: 'matching.lists',
  method: 'GET',
  path: '/api/matching/lists',
  summary: 'Lists that phones compare with',
  description: 'Title, reasons, counts and end of each list of the area, newest first. No entry of any list.',
  access: { roles: watchers, area: 'actor', purpose: 'administration' },
  audit: { action: 'matching.lists', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Type.Object({ lists: Type.Array(MatchListView) }, closed),
  errors: [],
})

export const withdrawMatches = defineEndpoint({
  id: 'matching.withdraw',
  method: 'POST',
  path: '/api/matching/withdraw',
  summary: 'End a list, or take entries off it',
  description:
    'Without entries the whole list ends: digests and key are destroyed at once, and phones drop it with their next pack. With entries only these are taken off.',
  access: { roles: keepers, area: 'actor', purpose: 'administration' },
  audit: { action: 'matching.withdraw', record: 'every' },
  limits: { group: 'write', bodyBytes: 262_144 },
  body: Type.Object(
    {
      listId: UuidV7,
      entries: Type.Optional(
        Type.Array(Type.Object({ kind: oneOf(matchKinds), number: Number_ }, closed), {
          minItems: 1,
          maxItems: 1_000,
        }),
      ),
    },
    closed,
  ),
  output: Type.Object({ takenOff: Count }, closed),
  errors: ['UNKNOWN_MATCH_LIST', 'MATCH_LIST_KEPT'],
})

export const confirmMatch = defineEndpoint({
  id: 'matching.confirm',
  method: 'POST',
  path: '/api/matching/confirm',
  summary: 'Whether a probable match is one',
  description:
    'A phone found a cut digest; the server compares the whole one. Audited with list and answer, without the number.',
  access: { roles: matchingRoles, area: 'actor', purpose: 'screening' },
  audit: { action: 'matching.confirm', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object({ listId: UuidV7, kind: oneOf(matchKinds), number: Number_ }, closed),
  output: Type.Object(
    { listed: Type.Boolean(), reason: Type.Union([oneOf(matchReasons), Type.Null()]) },
    closed,
  ),
  errors: ['UNKNOWN_MATCH_LIST'],
})
