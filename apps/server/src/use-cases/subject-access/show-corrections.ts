import { type IdentityField, identityFields } from '@guankou/contract/identity/purposes.ts'
import type { GrantedCorrection } from '@guankou/contract/subject-access/person-page.ts'
import type { CorrectableField } from '@guankou/contract/subject-access/requests.ts'
import type { StoredCorrection } from '@guankou/db/queries/subject-access/corrections.ts'
import { maskField } from '@guankou/domain/identity/mask.ts'
import type { IdentitySealer } from '#src/identity/identity-sealer.ts'
import { unlessDestroyed } from '#src/use-cases/identity/seal-access.ts'

/** Where the value of a correction that a person asked for belongs. */
export const correctionPlace = (id: string): string => `subject-correction|${id}|value`

/** Where that of a correction by who works on the record belongs. */
export const recordCorrectionPlace = (id: string): string => `screening-correction|${id}|value`

const isIdentityField = (field: string): field is IdentityField =>
  identityFields.some((each) => each === field)

const masked = (field: string, text: string): string =>
  isIdentityField(field) ? maskField(field, text) : `${[...text][0] ?? ''}***`

/** What a correction reads; null where the identity of its day is destroyed. */
export const openCorrection = async (
  sealer: IdentitySealer,
  stored: StoredCorrection,
): Promise<string | null> => {
  if (stored.valueSealed === null) return null
  const place = stored.source === 'request' ? correctionPlace(stored.id) : recordCorrectionPlace(stored.id)
  return unlessDestroyed(sealer.open(stored, place, stored.valueSealed))
}

/**
 * Corrections as they are shown beside what they correct, oldest first.
 * @param inFull  fields that are shown in full as well
 */
export const showCorrections = async (
  sealer: IdentitySealer,
  stored: readonly StoredCorrection[],
  inFull: (field: CorrectableField) => boolean,
): Promise<GrantedCorrection[]> => {
  const shown: GrantedCorrection[] = []
  for (const correction of stored) {
    const text = await openCorrection(sealer, correction)
    if (text === null) continue
    const field = correction.field as CorrectableField
    shown.push({
      id: correction.id,
      field,
      grantedAt: correction.grantedAt.toISOString(),
      source: correction.source,
      masked: masked(field, text),
      ...(inFull(field) ? { text } : {}),
    })
  }
  return shown
}
