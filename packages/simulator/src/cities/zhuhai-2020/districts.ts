import type { Crew, GridCell } from '@guankou/contract/places/endpoints.ts'
import type { Jurisdiction, Post, PostType } from '@guankou/contract/places/place.ts'

const timeZone = 'Asia/Shanghai'

/** The city and its three districts (GB/T 2260). */
export const zhuhaiJurisdictions: readonly Jurisdiction[] = [
  { code: 440400, parentCode: null, name: { zh: '珠海市', en: 'Zhuhai' }, timeZone },
  { code: 440402, parentCode: 440400, name: { zh: '香洲区', en: 'Xiangzhou' }, timeZone },
  { code: 440403, parentCode: 440400, name: { zh: '斗门区', en: 'Doumen' }, timeZone },
  { code: 440404, parentCode: 440400, name: { zh: '金湾区', en: 'Jinwan' }, timeZone },
]

const crewNames = [
  { zh: '甲班', en: 'Crew A' },
  { zh: '乙班', en: 'Crew B' },
  { zh: '丙班', en: 'Crew C' },
  { zh: '丁班', en: 'Crew D' },
  { zh: '戊班', en: 'Crew E' },
]

const officersPerCrew: Readonly<Record<PostType, number>> = {
  'road-main': 12,
  'road-minor': 4,
  railway: 14,
  coach: 6,
  airport: 14,
  port: 8,
  border: 16,
}

/**
 * Five crews for each post, of which four share the day while one rests (五班四运作, a public fact). How many officers a
 * crew has is made up. The id is ten times the post's, plus 1 to 5.
 */
export const crewsOf = (posts: readonly Post[]): readonly Crew[] =>
  posts.flatMap((post) =>
    crewNames.map((name, index) => ({
      id: post.id * 10 + index + 1,
      postId: post.id,
      name,
      officers: officersPerCrew[post.type],
      illustrative: true,
    })),
  )

type Place = readonly [longitude: number, latitude: number]

const cellsPerDistrict: readonly (readonly [
  code: number,
  zh: string,
  en: string,
  places: readonly Place[],
])[] = [
  [
    440402,
    '香洲',
    'Xiangzhou',
    [
      [113.545, 22.272],
      [113.565, 22.248],
      [113.627, 22.421],
      [113.534, 22.374],
      [113.58, 22.374],
      [113.627, 22.374],
      [113.534, 22.328],
      [113.58, 22.328],
      [113.534, 22.235],
      [113.441, 22.189],
      [113.488, 22.189],
      [113.488, 22.143],
      [113.534, 22.143],
      [113.534, 22.096],
    ],
  ],
  [
    440403,
    '斗门',
    'Doumen',
    [
      [113.26, 22.369],
      [113.26, 22.3],
      [113.191, 22.231],
      [113.26, 22.231],
      [113.329, 22.231],
      [113.122, 22.162],
      [113.191, 22.162],
      [113.26, 22.162],
    ],
  ],
  [
    440404,
    '金湾',
    'Jinwan',
    [
      [113.283, 22.123],
      [113.361, 22.123],
      [113.206, 22.045],
      [113.283, 22.045],
      [113.361, 22.045],
      [113.439, 22.045],
      [113.206, 21.968],
      [113.283, 21.968],
    ],
  ],
]

/** Thirty grid cells; all of it is made up, where they lie and household counts too. */
export const zhuhaiGridCells: readonly GridCell[] = cellsPerDistrict.flatMap(
  ([jurisdiction, zh, en, places], district) =>
    places.map(([longitude, latitude], index) => {
      const number = String(index + 1).padStart(2, '0')
      return {
        id: (district + 1) * 100 + index + 1,
        jurisdiction,
        name: { zh: `${zh}第${number}网格`, en: `${en} cell ${number}` },
        households: 900 + ((district * 7 + index * 13) % 17) * 75,
        illustrative: true,
        longitude,
        latitude,
      }
    }),
)
