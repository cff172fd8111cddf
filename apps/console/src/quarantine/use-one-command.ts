import { useRef } from 'react'
import { refusalOf } from '#src/api/client.ts'
import { newCommandId } from '#src/posts/command-id.ts'

/** What is pressed again after this long is meant anew. */
const sameForMs = 5 * 60_000

type Named = { readonly said: string; readonly id: string; readonly at: number }

/**
 * Names what is said once: where its answer got lost, the same words are sent again under the same id and time, so that what
 * was stored is not stored twice. Other words, and words that were refused for good, are named anew.
 */
export const createOneCommand = (now: () => number = Date.now) => {
  let open: Named | undefined
  return {
    /** @param words  everything that is said */
    name: (words: object): Pick<Named, 'id' | 'at'> => {
      const said = JSON.stringify(words)
      const at = now()
      if (open?.said !== said || at - open.at > sameForMs) open = { said, id: newCommandId(at), at }
      return { id: open.id, at: open.at }
    },
    /** Told what came of it; @param failure  left out where it was taken */
    settle: (failure?: unknown): void => {
      if (failure === undefined || refusalOf(failure)?.retry === 'never') open = undefined
    },
  }
}

export const useOneCommand = () => {
  const one = useRef<ReturnType<typeof createOneCommand> | null>(null)
  one.current ??= createOneCommand()
  return one.current
}
