import type { Service } from '@guankou/contract/screening/record-screening.ts'
import { readDay } from '#src/paper/read-places.ts'

/** Letters that stand apart from their digits: `CZ 3739`. */
const apart = /^([A-Za-z]{1,3})\s+(?=\d{1,4}[A-Za-z]?(\s|$))/

/**
 * A train, sailing, flight or coach run as it is typed: its number, and where the paper has them the day and the carriage.
 * @param day  of the form, YYYY-MM-DD: the day it left where none is typed   @returns `undefined` where it cannot be read
 * @example readRun('G6123 1-23 05', '2020-02-09') // { number: 'G6123', departsOn: '2020-01-23', carriage: '05' }
 */
export const readRun = (text: string, day: string): Service | undefined => {
  const [number = '', ...rest] = text
    .normalize('NFKC')
    .trim()
    .replace(apart, '$1')
    .split(/[\s,，;；]+/)
  const days = rest.filter((part) => /[-./月]/.test(part))
  const carriages = rest.filter((part) => /^[0-9A-Za-z]{1,3}$/.test(part))
  if (number === '' || number.length > 20 || days.length > 1 || carriages.length > 1) return undefined
  if (days.length + carriages.length < rest.length) return undefined
  const departsOn = days[0] === undefined ? day : readDay(days[0], day)
  if (departsOn === undefined) return undefined
  const carriage = carriages[0]?.toUpperCase()
  return { number: number.toUpperCase(), departsOn, ...(carriage === undefined ? {} : { carriage }) }
}

/** A place as the ticket names it, without zeros before it. @returns `undefined` where it is none */
export const readSeat = (text: string): string | undefined => {
  const label = text.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/^0+/, '')
  return /^[1-9]\d{0,2}[A-K]?$/.test(label) ? label : undefined
}
