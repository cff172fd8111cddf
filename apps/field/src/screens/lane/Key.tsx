import type { ReactNode } from 'react'

type Props = {
  readonly children: ReactNode
  readonly onPress: () => void
  /** What it is called where the face alone does not say it. */
  readonly label?: string
  readonly look?: 'plain' | 'go' | 'word'
  readonly wide?: 2 | 3
  readonly pressed?: boolean
  readonly blocked?: boolean
}

/**
 * One key of a keypad. It does not take the focus when touched, so that a hardware keyboard goes on writing where it
 * wrote; by Tab it is reached like any button.
 */
export const Key = ({ children, onPress, label, look = 'plain', wide, pressed, blocked }: Props) => (
  <button
    type="button"
    className={`key key-${look}${wide === undefined ? '' : ` key-wide-${wide}`}`}
    aria-label={label}
    aria-pressed={pressed}
    aria-disabled={blocked}
    onMouseDown={(event) => event.preventDefault()}
    onClick={onPress}
  >
    {children}
  </button>
)
