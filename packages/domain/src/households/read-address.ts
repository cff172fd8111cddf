import type { DoorAddress } from '@guankou/contract/households/record-household-fact.ts'

const number = '[0-9A-Za-z零〇一二两三四五六七八九十]+'
const pattern = new RegExp(
  `^(?<estate>.*?)(?:(?<building>${number}\\s*(?:栋|幢|座|号楼))\\s*)?(?:(?<stair>${number}\\s*(?:单元|梯))\\s*)?(?:(?<floor>${number}\\s*(?:层|楼))\\s*)?(?<door>${number})?\\s*(?:号房|房|室|号|户)?\\s*$`,
  'u',
)

const cut = (text: string, letters: number): string => [...text].slice(0, letters).join('')

/** Longer texts are cut: no address needs more, and what is read stays quick. */
const mostLetters = 120

const withoutEndMarks = (text: string): string => {
  let end = text.length
  while (end > 0 && ' ,，、-'.includes(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

/** The floor that a door number carries: 501 lies on the fifth, 1203 on the twelfth. */
const floorIn = (door: string | undefined): string | undefined => {
  const digits = /^(\d{1,2})\d{2}$/.exec(door ?? '')?.[1]
  return digits === undefined || digits === '0' ? undefined : digits
}

/**
 * An address as people write it, in the parts by which one walks; what cannot be told apart stays with the estate, and
 * a door that is not told is a dash.
 * @example readAddress('翠湖苑3栋2单元501').building // '3栋'
 * @example readAddress('翠湖苑3栋2单元501').floor // '5'
 */
export const readAddress = (text: string): DoorAddress => {
  const clean = cut(text.normalize('NFKC').replace(/\s+/gu, ' ').trim(), mostLetters)
  const parts = pattern.exec(clean)?.groups ?? {}
  const estate = withoutEndMarks(parts.estate ?? '')
  // A text that is nothing but a number names no door of any building.
  if (estate === '') return { estate: cut(clean === '' ? '—' : clean, 60), door: '—' }
  const floor = parts.floor ?? floorIn(parts.door)
  return {
    estate: cut(estate, 60),
    ...(parts.building === undefined ? {} : { building: cut(parts.building, 30) }),
    ...(parts.stair === undefined ? {} : { stair: cut(parts.stair, 20) }),
    ...(floor === undefined ? {} : { floor: cut(floor, 10) }),
    door: cut(parts.door ?? '—', 20),
  }
}
