import { type ReactNode, useId } from 'react'
import { type FigureState, StateMark } from '#src/figures/StateMark.tsx'

export type KpiCardProps = {
  /** What is counted, without the unit. */
  readonly name: string
  readonly unit: string
  /** The figure itself, for machines and tests; null where there is none. */
  readonly value: number | null
  /** The figure as people read it. */
  readonly text: string
  readonly state?: FigureState
  readonly detail?: ReactNode
  /** Data time and method, shown on hover and focus. */
  readonly hint: string
}

/**
 * A key figure: name and unit, value, one line of context; the data time on hover and on focus.
 * The value stands in a `data` element whose `value` is the exact number.
 */
export const KpiCard = ({ name, unit, value, text, state, detail, hint }: KpiCardProps) => {
  const nameId = useId()
  const hintId = useId()
  return (
    <article
      className={`card kpi ${state ?? ''}`}
      aria-labelledby={nameId}
      aria-describedby={hintId}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the data time must be reachable without a mouse (WCAG 1.4.13)
      tabIndex={0}
    >
      <h3 className="kpi-name">
        <span id={nameId}>{name}</span>
        <span className="kpi-unit"> · {unit}</span>
      </h3>
      <p className="kpi-value">
        <data value={value ?? ''}>{text}</data>
        {state === undefined || state === 'well' ? null : <StateMark state={state} />}
      </p>
      <p className="kpi-detail">{detail}</p>
      <span className="hint" id={hintId} role="tooltip">
        {hint}
      </span>
    </article>
  )
}
