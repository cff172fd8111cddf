import { type FormDraft, newDraft } from '#src/declare/form-draft.ts'

const key = 'guankou-declaration'

const isDraft = (value: unknown): value is FormDraft => {
  if (typeof value !== 'object' || value === null) return false
  const { id, people } = value as Partial<FormDraft>
  return typeof id === 'string' && /^[A-Z2-7]{16}$/.test(id) && Array.isArray(people) && people.length > 0
}

/** The draft on this phone. A browser that keeps nothing still lets the form be filled in and signed. */
export const draftStore = {
  read: (): FormDraft => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
      return isDraft(kept) ? kept : newDraft()
    } catch {
      return newDraft()
    }
  },
  keep: (draft: FormDraft): void => {
    try {
      localStorage.setItem(key, JSON.stringify(draft))
    } catch {
      // Storage may be full or forbidden; the form goes on from memory.
    }
  },
  drop: (): void => {
    try {
      localStorage.removeItem(key)
    } catch {
      // Where nothing can be kept, nothing is there.
    }
  },
}
