import { syntheticIdentityNumber } from '#src/people/identity-number.ts'
import { drawPhone } from '#src/people/synthetic-documents.ts'
import { below, happens, pick, type Random } from '#src/random/stream.ts'

const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨']
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰涛明超兰霞平']
const streets = ['吉大街道', '拱北街道', '前山街道', '翠香街道', '井岸镇', '三灶镇'] as const

export type Resident = {
  readonly name: string
  readonly document: { readonly kind: 'resident-id'; readonly number: string }
  readonly phone: string
  readonly address: string
}

/** Somebody at home in a city: made up, with a document and a telephone number that belong to nobody. */
export const drawResident = (random: Random, divisionCode: number): Resident => ({
  name: pick(random, surnames) + pick(random, given) + (happens(random, 0.6) ? pick(random, given) : ''),
  document: {
    kind: 'resident-id',
    number: syntheticIdentityNumber(divisionCode, 18 + below(random, 60), random),
  },
  phone: `0${drawPhone(random).slice(4).replaceAll(' ', '')}`,
  address: `${pick(random, streets)}示例路 ${1 + below(random, 300)} 号 ${1 + below(random, 20)} 栋 ${1 + below(random, 30)}0${1 + below(random, 6)}`,
})
