import { createContext, useContext } from 'react'
import type { Update } from '#src/service-worker/watch-for-update.ts'
import type { FieldRuntime } from './field-runtime.ts'
import type { HandoverBook } from './handover-book.ts'
import type { LaneSession } from './lane-session.ts'
import type { Settings } from './settings.ts'
import type { Store } from './store.ts'

export type Field = {
  readonly runtime: FieldRuntime
  readonly lane: LaneSession
  readonly handovers: HandoverBook
  readonly settings: Store<Settings>
  readonly update: Update
}

const FieldContext = createContext<Field | undefined>(undefined)

export const FieldProvider = FieldContext.Provider

/** The phone that the screens work on. */
export const useField = (): Field => {
  const field = useContext(FieldContext)
  if (field === undefined) throw new Error('no field around this screen')
  return field
}
