import { mod112CheckOf } from '@guankou/domain/identity/documents/check-digit.ts'
import { streamOf } from '@guankou/simulator/random/stream.ts'

const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨']
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰涛明超兰霞平']
const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** Ways in which clerks write one day. */
const dateForms: readonly ((month: number, day: number) => string)[] = [
  (month, day) => `2020-${month}-${day}`,
  (month, day) => `2020/${twoDigits(month)}/${twoDigits(day)}`,
  (month, day) => `2020${twoDigits(month)}${twoDigits(day)}`,
  (month, day) => `${month}月${day}日`,
  (month, day) => `${month}.${day}`,
  (month, day) => `2020年${month}月${day}日`,
]

export type DirtyList = { readonly text: string; readonly wrong: number }

/**
 * A list of invented hotel guests as such lists are: titles above the headings, dates in every form, repeated people, and
 * every fiftieth row wrong in some way.
 */
export const dirtyList = (rows: number, seed: number): DirtyList => {
  const random = streamOf(seed)
  const below = (most: number): number => (random.next() >>> 0) % most
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T
  const lines = ['酒店住客名单,,,,', '序号,姓名,联系电话,证件号码,入住日期,现住地址']
  let wrong = 0
  for (let at = 1; at <= rows; at += 1) {
    const name = pick(surnames) + pick(given) + (below(2) === 0 ? pick(given) : '')
    const body = `440402${1950 + below(55)}${twoDigits(1 + below(12))}${twoDigits(1 + below(28))}${String(below(1000)).padStart(3, '0')}`
    const isWrong = at % 50 === 0
    if (isWrong) wrong += 1
    const document = isWrong && at % 100 === 0 ? '4.40402199001011E+17' : body + mod112CheckOf(body)
    const phone = isWrong && at % 100 !== 0 ? '1380' : `13${String(below(1_000_000_000)).padStart(9, '0')}`
    lines.push(
      `${at},${name},${phone},${document},${pick(dateForms)(1, 1 + below(20))},香洲区${below(400)}号`,
    )
  }
  return { text: `${lines.join('\r\n')}\r\n`, wrong }
}
