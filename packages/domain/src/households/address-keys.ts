import type { DoorAddress } from '@guankou/contract/households/record-household-fact.ts'
import { readAddress } from '#src/households/read-address.ts'
import { addressKey } from '#src/households/walk-key.ts'

const part = '[0-9A-Za-z]{1,8}'
/** `翠湖苑3-2-501` and `翠湖苑 3-501`: what stands between blanks or hyphens, from building to door. */
const hyphened = new RegExp(
  `^(?<estate>.*?[^0-9A-Za-z\\s,，、-])[\\s,，、-]*(?<building>${part})[\\s-]+(?:(?<stair>${part})[\\s-]+)?(?<door>${part})$`,
  'u',
)
const english = new RegExp(
  `^(?<estate>.*?)[\\s,]+(?:block|building|bldg)\\.?\\s*(?<building>${part})[\\s,]+(?:(?:unit|stair)\\s*(?<stair>${part})[\\s,]+)?(?:floor\\s*${part}[\\s,]+)?(?:(?:room|flat|door|no)\\.?\\s*)?(?<door>${part})$`,
  'iu',
)

/** What people write before the name of an estate, each once and in this order. */
const heads = [
  /^[^\d]{2,5}?省/u,
  /^[^\d]{2,6}?市/u,
  /^[^\d]{1,6}?(?<!小)[区县]/u,
  /^[^\d]{1,8}?(?:街道|镇|乡)/u,
  /^[^\d]{1,8}?(?:社区|居委会|村委会)/u,
  /^[^\d]{1,10}?[路道街]\d{1,5}号(?!楼)/u,
] as const

/** Longer texts are cut: no address needs more, and what is read stays quick. */
const mostLetters = 80

const otherwiseRead = (text: string): DoorAddress | undefined => {
  const { estate, building, stair, door } = (english.exec(text) ?? hyphened.exec(text))?.groups ?? {}
  if (estate === undefined || estate === '' || building === undefined || door === undefined) return undefined
  return { estate, building, ...(stair === undefined ? {} : { stair }), door }
}

/** The name of an estate as it was told, then without what stands before it, the longest first. */
const estatesOf = (told: string): readonly string[] => {
  const estates = [told]
  let rest = told
  for (const head of heads) {
    const without = rest.replace(head, '').trim()
    if (without === rest || [...without].length < 2) continue
    rest = without
    estates.push(rest)
  }
  return estates
}

/** The floor that a door number carries, and the same door where nobody wrote it down. */
const withAndWithoutFloor = ({ floor, ...address }: DoorAddress): readonly DoorAddress[] => {
  const carried = /^(\d{1,2})\d{2}$/.exec(address.door)?.[1]
  const floors = [...new Set([floor, carried, undefined])]
  return floors.map((each) => (each === undefined ? address : { ...address, floor: each }))
}

/**
 * The keys under which the door of a told address may be on file, in groups: the first group as it was told, those after it
 * without province, city, district, street or road before the estate. Empty where no estate and door can be told.
 * @example addressKeysOf('翠湖苑3栋2单元501')[0] // ['翠湖苑|3|2|5|501', '翠湖苑|3|2||501']
 * @example addressKeysOf('香洲区翠湖苑').length // 0
 */
export const addressKeysOf = (text: string): readonly (readonly string[])[] => {
  const clean = [...text.normalize('NFKC').replace(/\s+/gu, ' ').trim()].slice(0, mostLetters).join('')
  const read = readAddress(clean)
  const address = read.building === undefined ? (otherwiseRead(clean) ?? read) : read
  if (address.door === '—') return []
  return estatesOf(address.estate).map((estate) => [
    ...new Set(withAndWithoutFloor({ ...address, estate }).map(addressKey)),
  ])
}
