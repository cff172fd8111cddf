import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, Count, DivisionCode } from '../primitives.ts'
import { communityRoles } from '../roles.ts'
import { Jurisdiction, Post } from './place.ts'

const closed = { additionalProperties: false } as const

/** A grid cell: the smallest area a community team answers for. */
export const GridCell = Type.Object(
  {
    id: Type.Integer(),
    jurisdiction: DivisionCode,
    name: BilingualText,
    households: Count,
    illustrative: Type.Boolean(),
    /** About its middle; null where it was never said. */
    longitude: Type.Union([Type.Number({ minimum: -180, maximum: 180 }), Type.Null()]),
    latitude: Type.Union([Type.Number({ minimum: -90, maximum: 90 }), Type.Null()]),
  },
  closed,
)
export const Crew = Type.Object(
  {
    id: Type.Integer(),
    postId: Type.Integer(),
    name: BilingualText,
    officers: Count,
    illustrative: Type.Boolean(),
  },
  closed,
)
export type GridCell = Static<typeof GridCell>
export type Crew = Static<typeof Crew>

export const PlacesView = Type.Object(
  {
    jurisdictions: Type.Array(Jurisdiction),
    posts: Type.Array(Post),
    gridCells: Type.Array(GridCell),
    crews: Type.Array(Crew),
  },
  closed,
)
export type PlacesView = Static<typeof PlacesView>

export const listPlaces = defineEndpoint({
  id: 'places.list',
  method: 'GET',
  path: '/api/places',
  summary: 'Jurisdictions, posts, grid cells and crews',
  description: 'The places of the actor’s area, and which of them are illustrative.',
  access: {
    roles: [
      'inspector',
      'post-lead',
      ...communityRoles,
      'desk-partner',
      'screening-clerk',
      'duty-planner',
      'commander',
      'service-officer',
      'administrator',
      'data-protection-officer',
      'auditor',
    ],
    area: 'actor',
    purpose: 'monitoring',
  },
  audit: { action: 'places.list', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: PlacesView,
  errors: [],
})
