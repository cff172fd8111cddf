import type { DoorCheckView } from '@guankou/contract/households/endpoints.ts'
import type { QuarantineChecked } from '@guankou/contract/households/record-household-fact.ts'
import type { DoorLine } from '#src/round/doors.ts'

/** What is entered of one episode before the part is recorded. */
export type CheckDraft = {
  readonly result: QuarantineChecked['result'] | undefined
  readonly celsius: string
  readonly signs: readonly string[]
}

export const emptyCheck: CheckDraft = { result: undefined, celsius: '', signs: [] }

/** A temperature as typed; undefined where there is none, or none that anybody has. */
export const celsiusOf = (text: string): number | undefined => {
  const value = Number(text.replace(',', '.'))
  return text.trim() === '' || Number.isNaN(value) || value < 30 || value > 45 ? undefined : value
}

export const isWrongCelsius = (text: string): boolean => text.trim() !== '' && celsiusOf(text) === undefined

/** Checks that are due at a door, as this phone knows it. */
export const checksOf = ({ door, due }: Pick<DoorLine, 'door' | 'due'>): readonly DoorCheckView[] =>
  due.some(({ task }) => task === 'quarantine-check') ? (door.checks ?? []) : []

/** Whether it is said of everybody how they were found. */
export const areChecksReady = (
  checks: readonly DoorCheckView[],
  drafts: Readonly<Record<string, CheckDraft>>,
): boolean =>
  checks.every(({ quarantineId }) => {
    const { result, celsius } = drafts[quarantineId] ?? emptyCheck
    return result !== undefined && !(result === 'reached' && isWrongCelsius(celsius))
  })

/** What was found of each episode, as it is recorded: measurements of those alone who were met. */
export const checkedOf = (
  checks: readonly DoorCheckView[],
  drafts: Readonly<Record<string, CheckDraft>>,
): QuarantineChecked[] =>
  checks.flatMap(({ quarantineId, way }) => {
    const { result, celsius, signs } = drafts[quarantineId] ?? emptyCheck
    if (result === undefined) return []
    const temperatureCelsius = result === 'reached' ? celsiusOf(celsius) : undefined
    return [
      {
        ...{ quarantineId, way, result },
        ...(temperatureCelsius === undefined ? {} : { temperatureCelsius }),
        signs: result === 'reached' ? [...signs] : [],
      },
    ]
  })
