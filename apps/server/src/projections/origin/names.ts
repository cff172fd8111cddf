import type { Bilingual } from '@guankou/contract/primitives.ts'
import { originName } from '@guankou/geodata/divisions/origins.ts'

/** The name of an origin in both languages; its code where there is none. */
export const bilingualName = (code: number): Bilingual => ({
  zh: originName(code, 'zh') ?? String(code),
  en: originName(code, 'en') ?? String(code),
})

/** Days from one to another, both included, oldest first. */
export const daysOf = (
  from: string,
  until: string,
  addDays: (day: string, days: number) => string,
): string[] => {
  const days: string[] = []
  for (let day = from; day <= until; day = addDays(day, 1)) days.push(day)
  return days
}
