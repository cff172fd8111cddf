import { normaliseDocumentNumber, normalisePhone } from '@guankou/domain/identity/normalise.ts'
import { normalisePlate } from '@guankou/domain/screening/plates.ts'

/** A value in the form in which its field is kept. */
export const normalField = (field: string, text: string): string => {
  if (field === 'document') return normaliseDocumentNumber(text)
  if (field === 'phone') return normalisePhone(text)
  return field === 'plate' ? normalisePlate(text) : text.trim()
}
