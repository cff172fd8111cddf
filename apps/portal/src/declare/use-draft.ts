import { useCallback, useState } from 'react'
import { draftStore, mostAside } from '#src/declare/draft-store.ts'
import { type FormDraft, isBegun, newDraft } from '#src/declare/form-draft.ts'

/** The declaration that is open, the others on this phone, and the one that was deleted last. */
export const useDraft = () => {
  const [draft, setDraft] = useState(draftStore.read)
  const [aside, setAside] = useState(draftStore.readAside)
  const [deleted, setDeleted] = useState<FormDraft>()
  const keep = useCallback((next: FormDraft): void => {
    draftStore.keep(next)
    setDraft(next)
    setDeleted(undefined)
  }, [])
  const keepAside = (next: readonly FormDraft[]): void => {
    draftStore.keepAside(next)
    setAside(next)
  }
  const forget = (): void => {
    draftStore.drop()
    setDraft(newDraft())
    setDeleted(draft)
  }
  const others = isBegun(draft) ? [draft, ...aside] : aside
  /** Opens one of the others; the one that was open stays on the phone. */
  const open = (id: string): void => {
    const chosen = others.find((each) => each.id === id)
    if (chosen === undefined) return
    keepAside(others.filter((each) => each.id !== id))
    keep(chosen)
  }
  const startAnother = (): void => {
    keepAside(others)
    keep(newDraft())
  }
  return {
    draft,
    keep,
    forget,
    aside,
    open,
    startAnother: isBegun(draft) && aside.length < mostAside ? startAnother : undefined,
    /** Brings back what was deleted last, as long as nothing was entered since. */
    bringBack: deleted === undefined || !isBegun(deleted) ? undefined : () => keep(deleted),
  }
}

export type Drafts = ReturnType<typeof useDraft>
