import type { PaperFormView } from '@guankou/contract/paper/endpoints.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { isUnreachable, refusalOf } from '#src/api/client.ts'
import { type FormToKeep, keepForm, keepOnLeaving, paperKey } from '#src/paper/queries.ts'

/** How long a hand rests before what stands is kept. */
const restMs = 1_200
/** How long it waits before it tries again. */
const againMs = 4_000

export type KeepState =
  | { readonly is: 'nothing' }
  | { readonly is: 'keeping' }
  | { readonly is: 'kept'; readonly view: PaperFormView }
  | { readonly is: 'failed'; readonly cause: unknown }

/** A form without the revision, which the keeper knows. */
export type Keepable = Omit<FormToKeep, 'revision'>

type Work = {
  /** The newest of each form that is not kept yet. */
  readonly waiting: Map<string, { readonly keepable: Keepable; readonly text: string }>
  readonly revisions: Map<string, number>
  readonly keptTexts: Map<string, string>
  running: Promise<boolean> | undefined
}

const mayComeBack = (cause: unknown): boolean => isUnreachable(cause) || refusalOf(cause)?.retry === 'later'

/**
 * Keeps forms on the server, one request at a time and the newest state of each, so that nothing lies in the browser and
 * nothing is lost with it.
 */
export const useKeeper = () => {
  const queryClient = useQueryClient()
  const [state, setState] = useState<KeepState>({ is: 'nothing' })
  const work = useRef<Work>({
    waiting: new Map(),
    revisions: new Map(),
    keptTexts: new Map(),
    running: undefined,
  })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  /** @returns whether everything is kept */
  const keepAll = async (): Promise<boolean> => {
    const { waiting, revisions, keptTexts } = work.current
    for (let next = waiting.entries().next(); !next.done; next = waiting.entries().next()) {
      const [id, { keepable, text }] = next.value
      setState({ is: 'keeping' })
      try {
        const view = await keepForm({ ...keepable, revision: revisions.get(id) ?? 0 })
        revisions.set(id, view.revision)
        keptTexts.set(id, text)
        if (waiting.get(id)?.text === text) waiting.delete(id)
        setState({ is: 'kept', view })
      } catch (cause) {
        setState({ is: 'failed', cause })
        if (mayComeBack(cause)) timer.current = setTimeout(() => void run(), againMs)
        else waiting.delete(id)
        return false
      }
    }
    return true
  }
  const run = async (): Promise<void> => {
    clearTimeout(timer.current)
    if (work.current.running === undefined)
      work.current.running = keepAll().finally(() => {
        work.current.running = undefined
      })
    const isDone = await work.current.running
    // What was noted while the last of them was on its way.
    if (isDone && work.current.waiting.size > 0) await run()
  }

  useEffect(() => {
    const leave = (): void => {
      const { waiting, revisions } = work.current
      for (const [id, { keepable }] of waiting)
        keepOnLeaving({ ...keepable, revision: revisions.get(id) ?? 0 })
    }
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      clearTimeout(timer.current)
      leave()
    }
  }, [])

  return {
    state,
    /** Takes note of what stands, and keeps it once the hand rests. */
    note: (keepable: Keepable): void => {
      const text = JSON.stringify(keepable)
      const { waiting, keptTexts } = work.current
      if (keptTexts.get(keepable.id) === text) waiting.delete(keepable.id)
      else waiting.set(keepable.id, { keepable, text })
      if (waiting.has(keepable.id)) setState({ is: 'keeping' })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void run(), restMs)
    },
    /** Keeps at once what waits. */
    keepNow: async (): Promise<void> => {
      await run()
      await queryClient.invalidateQueries({ queryKey: paperKey })
    },
    /** Says from which revision a form goes on. */
    begin: (id: string, revision: number): void => {
      if (!work.current.revisions.has(id) || (work.current.revisions.get(id) ?? 0) < revision)
        work.current.revisions.set(id, revision)
      setState({ is: 'nothing' })
    },
  }
}
