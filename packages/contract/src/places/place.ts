import Type, { type Static } from 'typebox'
import { BilingualText, DivisionCode, oneOf } from '../primitives.ts'

const closed = { additionalProperties: false } as const

export const postTypes = ['road-main', 'road-minor', 'railway', 'coach', 'airport', 'port', 'border'] as const
export type PostType = (typeof postTypes)[number]

export const postTypeNames: Readonly<Record<PostType, { readonly zh: string; readonly en: string }>> = {
  'road-main': { zh: '主干道卡口', en: 'Main road' },
  'road-minor': { zh: '支路卡口', en: 'Minor road' },
  railway: { zh: '火车站', en: 'Railway station' },
  coach: { zh: '汽车站', en: 'Coach station' },
  airport: { zh: '机场', en: 'Airport' },
  port: { zh: '港口', en: 'Port' },
  border: { zh: '口岸', en: 'Border crossing' },
}

/** A post: where conveyances and people are screened. */
export const Post = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    jurisdiction: DivisionCode,
    type: oneOf(postTypes),
    name: BilingualText,
    longitude: Type.Number({ minimum: -180, maximum: 180 }),
    latitude: Type.Number({ minimum: -90, maximum: 90 }),
    lanes: Type.Integer({ minimum: 1, maximum: 60 }),
    /** True where name or position is not a public fact but made up for the demo city. */
    illustrative: Type.Boolean(),
  },
  closed,
)

export const Jurisdiction = Type.Object(
  {
    code: DivisionCode,
    parentCode: Type.Union([DivisionCode, Type.Null()]),
    name: BilingualText,
    /** IANA time zone; days and slots are counted in it. */
    timeZone: Type.String(),
  },
  closed,
)

export type Post = Static<typeof Post>
export type Jurisdiction = Static<typeof Jurisdiction>
