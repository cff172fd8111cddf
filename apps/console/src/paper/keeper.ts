import type { PaperFormView } from '@guankou/contract/paper/endpoints.ts'
import type { FormToKeep } from '#src/paper/queries.ts'

/** How long a hand rests before what stands is kept, and how long to wait before it is tried again; milliseconds. */
export const restMs = 1_200
export const againMs = 4_000

export type KeepState =
  | { readonly is: 'nothing' }
  | { readonly is: 'keeping' }
  | { readonly is: 'kept'; readonly view: PaperFormView }
  | { readonly is: 'failed'; readonly cause: unknown }

/** A form without the revision, which the keeper knows. */
export type Keepable = Omit<FormToKeep, 'revision'>

export type KeeperPorts = {
  readonly keep: (form: FormToKeep) => Promise<PaperFormView>
  /** Whether a failure may pass by itself. */
  readonly mayComeBack: (cause: unknown) => boolean
  /** Does something later; the answer calls it off. */
  readonly later: (act: () => void, ms: number) => () => void
  readonly tell: (state: KeepState) => void
}

type Waiting = { readonly keepable: Keepable; readonly text: string }
type Kept = { revision: number; text: string | undefined }

/** Sends what waits, the newest of each form and one at a time. @returns whether all of it is kept */
const keepAll = async (
  { keep, mayComeBack, tell }: KeeperPorts,
  waiting: Map<string, Waiting>,
  kept: Map<string, Kept>,
  again: () => void,
): Promise<boolean> => {
  for (let next = waiting.entries().next(); !next.done; next = waiting.entries().next()) {
    const [id, { keepable, text }] = next.value
    tell({ is: 'keeping' })
    try {
      const view = await keep({ ...keepable, revision: kept.get(id)?.revision ?? 0 })
      kept.set(id, { revision: view.revision, text })
      if (waiting.get(id)?.text === text) waiting.delete(id)
      tell({ is: 'kept', view })
    } catch (cause) {
      tell({ is: 'failed', cause })
      if (mayComeBack(cause)) again()
      else waiting.delete(id)
      return false
    }
  }
  return true
}

/**
 * Keeps forms on the server as they are keyed, so that nothing lies in the browser and nothing is lost with it: the newest
 * state of each once the hand rests, one request at a time, again after a failure that may pass.
 */
export const createKeeper = (ports: KeeperPorts) => {
  const waiting = new Map<string, Waiting>()
  const kept = new Map<string, Kept>()
  let running: Promise<boolean> | undefined
  let callOff: () => void = () => undefined
  const after = (ms: number): void => {
    callOff()
    callOff = ports.later(() => void run(), ms)
  }
  const run = async (): Promise<void> => {
    callOff()
    running ??= keepAll(ports, waiting, kept, () => after(againMs)).finally(() => {
      running = undefined
    })
    // What was noted while the last of them was on its way goes after it.
    if ((await running) && waiting.size > 0) await run()
  }
  return {
    /** Takes note of what stands. */
    note: (keepable: Keepable): void => {
      const text = JSON.stringify(keepable)
      if (kept.get(keepable.id)?.text === text) waiting.delete(keepable.id)
      else {
        waiting.set(keepable.id, { keepable, text })
        ports.tell({ is: 'keeping' })
      }
      after(restMs)
    },
    /** Keeps at once what waits. */
    keepNow: run,
    /** Says from which revision a form goes on. */
    begin: (id: string, revision: number): void => {
      if ((kept.get(id)?.revision ?? 0) <= revision) kept.set(id, { revision, text: undefined })
      ports.tell({ is: 'nothing' })
    },
    /** What would be lost if the page went away now. */
    unkept: (): readonly FormToKeep[] =>
      [...waiting].map(([id, { keepable }]) => ({ ...keepable, revision: kept.get(id)?.revision ?? 0 })),
    stop: (): void => callOff(),
  }
}
