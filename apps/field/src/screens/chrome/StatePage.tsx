import type { ReactNode } from 'react'
import { PageHead } from './PageHead.tsx'

type Props = {
  readonly title: string
  readonly text: string
  readonly tone: 'look' | 'act'
  readonly note?: string | undefined
  readonly chip?: boolean
  readonly children?: ReactNode
}

/** A state that needs a person, as a screen of its own: what it is, what it means, what to do. */
export const StatePage = ({ title, text, tone, note, chip = true, children }: Props) => (
  <>
    <PageHead title={title} back={false} chip={chip} />
    <main className="page state-page" id="content">
      <p className={`state-sign state-${tone}`} aria-hidden="true">
        !
      </p>
      <p className="state-text">{text}</p>
      {note === undefined ? null : (
        <p className="notice notice-act" role="alert">
          {note}
        </p>
      )}
      <div className="state-actions">{children}</div>
    </main>
  </>
)
