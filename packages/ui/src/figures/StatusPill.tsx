import type { ReactNode } from 'react'
import { type FigureState, StateMark } from '#src/figures/StateMark.tsx'

/** A state in a word or two. @param live read out when it changes */
export const StatusPill = ({
  state,
  children,
  hint,
  live = false,
}: {
  readonly state: FigureState
  readonly children: ReactNode
  readonly hint?: string
  readonly live?: boolean
}) => (
  <span className={`pill pill-${state}`} title={hint} {...(live ? { role: 'status' } : {})}>
    <StateMark state={state} silent />
    {children}
  </span>
)
