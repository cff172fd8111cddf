import { type FormDraft, newDraft } from '#src/declare/form-draft.ts'

const key = 'guankou-declaration'
const asideKey = 'guankou-declarations-aside'

/** Other declarations of the same phone: of a second car, or of more people than one code holds. */
export const mostAside = 9

const isDraft = (value: unknown): value is FormDraft => {
  if (typeof value !== 'object' || value === null) return false
  const { id, people } = value as Partial<FormDraft>
  return typeof id === 'string' && /^[A-Z2-7]{16}$/.test(id) && Array.isArray(people) && people.length > 0
}

const readKept = (from: string): unknown => {
  try {
    return JSON.parse(localStorage.getItem(from) ?? 'null')
  } catch {
    return null
  }
}

const write = (to: string, value: unknown): void => {
  try {
    localStorage.setItem(to, JSON.stringify(value))
  } catch {
    // Storage may be full or forbidden; the form goes on from memory.
  }
}

/** The drafts on this phone. A browser that keeps nothing still lets the form be filled in and signed. */
export const draftStore = {
  read: (): FormDraft => {
    const kept = readKept(key)
    return isDraft(kept) ? kept : newDraft()
  },
  keep: (draft: FormDraft): void => write(key, draft),
  readAside: (): readonly FormDraft[] => {
    const kept = readKept(asideKey)
    return Array.isArray(kept) ? kept.filter(isDraft) : []
  },
  keepAside: (drafts: readonly FormDraft[]): void => write(asideKey, drafts),
  drop: (): void => {
    try {
      localStorage.removeItem(key)
    } catch {
      // Where nothing can be kept, nothing is there.
    }
  },
}
