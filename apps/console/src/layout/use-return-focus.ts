import { useEffect, useState } from 'react'

/** For what opens over or under a page and is gone when it closes: the keyboard goes on where it had been opened from. */
export const useReturnFocus = (): void => {
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
    },
    [opener],
  )
}
