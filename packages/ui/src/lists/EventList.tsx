import type { ReactNode } from 'react'
import { type FigureState, StateMark } from '#src/figures/StateMark.tsx'

export type EventRow = {
  readonly id: string
  readonly at: string
  /** The full time, for machines and on hover. */
  readonly instant: string
  readonly state: FigureState
  readonly where: string
  readonly what: ReactNode
}

/** What happened, newest first: time, state, place, finding. */
export const EventList = ({
  rows,
  label,
}: {
  readonly rows: readonly EventRow[]
  readonly label: string
}) => (
  <ol className="events" aria-label={label}>
    {rows.map((row) => (
      <li key={row.id} className="event">
        <time dateTime={row.instant} title={row.instant}>
          {row.at}
        </time>
        <StateMark state={row.state} />
        <span>
          <b>{row.where}</b> {row.what}
        </span>
      </li>
    ))}
  </ol>
)
