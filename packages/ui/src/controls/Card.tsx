import { type ReactNode, useId } from 'react'

/** A titled part of a page with its controls to the right. */
export const Card = ({
  title,
  note,
  controls,
  className,
  children,
}: {
  readonly title: string
  readonly note?: ReactNode
  readonly controls?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}) => {
  const titleId = useId()
  return (
    <section className={`card card-titled ${className ?? ''}`} aria-labelledby={titleId}>
      <header className="card-head">
        <h2 id={titleId}>{title}</h2>
        {note === undefined ? null : <span className="card-note">{note}</span>}
        {controls === undefined ? null : <span className="card-controls">{controls}</span>}
      </header>
      <div className="card-body">{children}</div>
    </section>
  )
}
