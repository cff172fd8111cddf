import type { Draft } from '#src/lane/draft.ts'

export type DraftSaver = {
  readonly save: (draft: Draft) => void
  /** Resolves once nothing is being written. */
  readonly settled: () => Promise<void>
  /** Forgets what waits to be written. */
  readonly drop: () => void
}

/** Saves drafts one after the other, and of those that pile up only the newest. */
export const createDraftSaver = (save: (draft: Draft) => Promise<void>): DraftSaver => {
  let waiting: Draft | undefined
  let busy: Promise<void> | undefined
  const drain = async (): Promise<void> => {
    for (let draft = waiting; draft !== undefined; draft = waiting) {
      waiting = undefined
      await save(draft).catch(() => undefined)
    }
    busy = undefined
  }
  return {
    save(draft) {
      waiting = draft
      busy ??= drain()
    },
    settled: () => busy ?? Promise.resolve(),
    drop() {
      waiting = undefined
    },
  }
}
