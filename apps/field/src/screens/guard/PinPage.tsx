import type { ReactNode } from 'react'
import { PageHead } from '#src/screens/chrome/PageHead.tsx'

type Props = {
  readonly title: string
  readonly text: string
  readonly note?: string | undefined
  readonly back?: boolean
  readonly children: ReactNode
}

/** A page with a keypad in reach of the thumb: what is asked, what went wrong, the keys. */
export const PinPage = ({ title, text, note, back = false, children }: Props) => (
  <>
    <PageHead title={title} back={back} chip={false} />
    <main className="page pin-page" id="content">
      <p className="lead">{text}</p>
      {note === undefined ? null : (
        <p className="notice notice-act" role="alert">
          {note}
        </p>
      )}
      {children}
    </main>
  </>
)
