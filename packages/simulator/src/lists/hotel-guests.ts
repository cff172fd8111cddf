import { syntheticIdentityNumber } from '#src/people/identity-number.ts'
import { drawPhone } from '#src/people/synthetic-documents.ts'
import { below, happens, pick, type Random, streamOf } from '#src/random/stream.ts'

const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨']
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰涛明超兰霞平']
const homes = [440400, 440100, 430100, 420100, 420500, 330300]
/** One row in so many is wrong. */
const wrongEvery = 50
const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** Ways in which clerks write one day, all with its year: without one it would be another day as the clock goes on. */
const dateForms: readonly ((month: number, day: number) => string)[] = [
  (month, day) => `2020-${month}-${day}`,
  (month, day) => `2020/${twoDigits(month)}/${twoDigits(day)}`,
  (month, day) => `2020${twoDigits(month)}${twoDigits(day)}`,
  (month, day) => `2020年${month}月${day}号`,
  (month, day) => `2020.${month}.${day}`,
  (month, day) => `2020年${month}月${day}日`,
]

/** A number that lost its last digits in a spreadsheet, or a telephone number that breaks off. */
const drawFault = (at: number): { readonly document?: string; readonly phone?: string } =>
  at % (2 * wrongEvery) === 0 ? { document: '4.40402199001011E+17' } : { phone: '1380' }

/** A number that ends in three zeros is taken for one that a spreadsheet rounded, and would be handed back. */
const drawDocument = (random: Random): string => {
  for (;;) {
    const number = syntheticIdentityNumber(pick(random, homes), 18 + below(random, 60), random)
    if (!number.endsWith('000')) return number
  }
}

const drawGuest = (random: Random, at: number): string => {
  const name =
    pick(random, surnames) + pick(random, given) + (happens(random, 0.5) ? pick(random, given) : '')
  const { document, phone } = {
    document: drawDocument(random),
    phone: `0${drawPhone(random).slice(4).replaceAll(' ', '')}`,
    ...(at % wrongEvery === 0 ? drawFault(at) : {}),
  }
  const day = pick(random, dateForms)(1, 1 + below(random, 20))
  return `${at},${name},${phone},${document},${day},香洲区${1 + below(random, 400)}号`
}

export type GuestList = { readonly text: string; readonly wrong: number }

/**
 * A list of hotel guests as such lists are: titles above the headings, dates in every form, every fiftieth row wrong. The
 * people are made up; their documents and telephone numbers belong to nobody.
 */
export const drawHotelGuests = (rows: number, seed: number): GuestList => {
  const random = streamOf(seed)
  const lines = Array.from({ length: rows }, (_, index) => drawGuest(random, index + 1))
  const head = ['酒店住客名单,,,,,', '序号,姓名,联系电话,证件号码,入住日期,现住地址']
  return { text: `${[...head, ...lines].join('\r\n')}\r\n`, wrong: Math.floor(rows / wrongEvery) }
}
