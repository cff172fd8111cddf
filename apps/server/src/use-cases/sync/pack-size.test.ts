import { brotliCompressSync, constants } from 'node:zlib'
import { mostEntriesAtOnce } from '@guankou/contract/matching/match-list.ts'
import type { RiskArea } from '@guankou/contract/responses/response.ts'
import { mostPackBytes, type PackContent } from '@guankou/contract/sync/pack.ts'
import { digestDigits } from '@guankou/domain/matching/digest-length.ts'
import { buildZhuhaiCity } from '@guankou/simulator/cities/zhuhai-2020/zhuhai.ts'
import { expect, it } from 'vitest'

const syllables = [
  '石',
  '山',
  '前',
  '河',
  '新',
  '金',
  '湾',
  '香',
  '吉',
  '大',
  '南',
  '桥',
  '平',
  '沙',
  '东',
  '安',
]
const letters = ['Shi', 'Shan', 'Qian', 'He', 'Xin', 'Jin', 'Wan', 'Xiang', 'Ji', 'Da', 'Nan', 'Qiao', 'Ping']

const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T

/** Streets with names of their own, as many as were at risk in the whole country at the worst time, twice over. */
const streets = Array.from({ length: 4_000 }, (_, n): RiskArea => {
  const zh = [n, n * 7 + 3, n * 13 + 5].map((at) => pick(syllables, at)).join('')
  const en = [n, n * 5 + 1, n * 11 + 2]
    .map((at) => pick(letters, at))
    .join('')
    .toLowerCase()
  return {
    areaCode: 110_101_001 + ((n * 7_919_003) % 500_000_000),
    name: { zh: `${zh}街道`, en: `${en} Subdistrict` },
    level: n % 3 === 0 ? 'high' : 'medium',
    from: '2022-11-01',
  }
})

/** Digests as they come: no two alike, and nothing to compress in them but that they are hexadecimal. */
const digests = (count: number, digits: number): string => {
  let state = 88_172_645
  const next = (): string => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0).toString(16).padStart(8, '0').slice(0, digits)
  }
  return Array.from({ length: count }, next).sort().join('')
}

it('stays under two megabytes for a city with streets at risk in every version and full match lists', () => {
  const { city, response } = buildZhuhaiCity()
  const { ruleSets, ...rest } = response('2022-12-31')
  const perList = mostEntriesAtOnce / 20
  const digits = digestDigits(perList)
  const content: PackContent = {
    jurisdictions: [...city.jurisdictions],
    posts: [...city.posts],
    responses: [{ ...rest, ruleSets: ruleSets.map((ruleSet) => ({ ...ruleSet, riskAreas: streets })) }],
    matching: Array.from({ length: 20 }, (_, n) => ({
      id: `016fd2d1-42d0-7881-8034-84e6d1c4ac${String(n).padStart(2, '0')}`,
      title: { zh: '居家隔离名单', en: 'Home quarantine' },
      digits,
      keyCheck: '0'.repeat(16),
      groups: [
        {
          kind: 'document' as const,
          reason: 'quarantine-order' as const,
          until: '2022-12-01T00:00:00.000Z',
          digests: digests(perList, digits),
        },
      ],
    })),
  }
  const packed = brotliCompressSync(JSON.stringify(content), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9 },
  })
  expect(packed.length).toBeLessThanOrEqual(mostPackBytes)
})
