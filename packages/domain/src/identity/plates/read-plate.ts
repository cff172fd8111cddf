import {
  elsewherePattern,
  type PlateColour,
  type PlateForm,
  plateRules,
} from '#src/identity/plates/plate-rules.ts'
import { fails, fits, type Reading } from '#src/identity/reading.ts'
import { normalisePlate } from '#src/screening/plates.ts'

export type PlateValue = {
  readonly plate: string
  readonly form: PlateForm
  readonly colours: readonly PlateColour[]
}

/**
 * A plate read by its form: what kind of vehicle carries it and which grounds it may have. It says where a vehicle is
 * registered and nothing about where it was.
 * @param typed  as written; separators, width and case do not matter
 * @example readPlate('粤C·12345').value.form // 'ordinary'
 * @example readPlate('粤CD12345').value.colours // ['green']
 * @example readPlate('粤Z1234澳').value.form // 'macao'
 * @example readPlate('粤C1234O') // { ok: false, problem: 'form' }
 */
export const readPlate = (typed: string): Reading<PlateValue> => {
  const plate = normalisePlate(typed)
  if (plate === '') return fails('empty')
  const rule = plateRules.find(({ pattern }) => pattern.test(plate))
  if (rule !== undefined) return fits({ plate, form: rule.form, colours: rule.colours })
  return elsewherePattern.test(plate) ? fits({ plate, form: 'elsewhere', colours: [] }) : fails('form')
}

/** The commonest ground of a plate, or none where nothing is prescribed or the text is no plate yet. */
export const plateGround = (typed: string): PlateColour | undefined => {
  const reading = readPlate(typed)
  return reading.ok ? reading.value.colours[0] : undefined
}
