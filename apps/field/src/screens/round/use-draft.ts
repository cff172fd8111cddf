import type { RoundBook } from '#src/runtime/round-book.ts'
import { useStore } from '#src/runtime/store.ts'

export type Drafted<T> = {
  readonly value: T
  readonly set: (next: T) => void
  /** It was recorded, or given up. */
  readonly forget: () => void
}

/** Something that is being entered: it waits where the person left it, over other screens, a lock and a reload. */
export const useDraft = <T>(book: RoundBook, place: string, start: T): Drafted<T> => {
  const kept = useStore(book.drafts)[place]
  return {
    value: kept === undefined ? start : (kept.value as T),
    set: (next) => book.keepDraft(place, next),
    forget: () => book.keepDraft(place),
  }
}
