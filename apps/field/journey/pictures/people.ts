import { mod112CheckOf } from '@guankou/domain/identity/documents/check-digit.ts'
import type { Chance } from './chance.ts'

const surnames = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗'
const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉建国文辉'
const latinSurnames = [
  'ERIKSSON',
  'GARCIA',
  'SMITH',
  'WANG',
  'KOWALSKI',
  'DUBOIS',
  'OKAFOR',
  'TANAKA',
  'NGUYEN',
]
const latinGiven = ['ANNA MARIA', 'JOHN', 'XIAOMING', 'PIERRE', 'CHIDI', 'YUKI', 'LINH', 'JOSE LUIS', 'EWA']

/** People that do not exist, with numbers whose check digits fit. */
export type Person = {
  readonly name: string
  readonly number: string
  readonly female: boolean
  readonly birth: string
}

const two = (value: number): string => String(value).padStart(2, '0')

export const birthOf = (chance: Chance): string =>
  `${chance.whole(1940, 2015)}${two(chance.whole(1, 12))}${two(chance.whole(1, 28))}`

export const personOf = (chance: Chance): Person => {
  const birth = birthOf(chance)
  const division = chance.pick(['440402', '440403', '440404', '420106', '430102', '110105', '310101'])
  const head = `${division}${birth}${String(chance.whole(1, 999)).padStart(3, '0')}`
  return {
    name: chance.pick([...surnames]) + chance.text(given, chance.whole(1, 2)),
    number: head + mod112CheckOf(head),
    female: Number(head[16]) % 2 === 0,
    birth,
  }
}

export const latinNameOf = (chance: Chance) => ({
  surname: chance.pick(latinSurnames),
  givenNames: chance.pick(latinGiven),
})
