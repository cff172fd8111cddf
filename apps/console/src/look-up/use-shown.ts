import { useEffect, useState } from 'react'

/** A field in full with what goes along with it, and for how many more seconds. */
export type Shown<What> = What & { readonly text: string; readonly secondsLeft: number }

/**
 * One field in full for as long as the server lets it be shown, and not a second longer.
 * @param forget  drops the answer, whose text would else stay in the memory of the call
 */
export const useShown = <What extends object>(forget: () => void) => {
  const [shown, setShown] = useState<Shown<What>>()
  const isShown = shown !== undefined
  useEffect(() => {
    if (!isShown) return undefined
    const timer = setInterval(
      () =>
        setShown((now) =>
          now === undefined || now.secondsLeft <= 1
            ? undefined
            : { ...now, secondsLeft: now.secondsLeft - 1 },
        ),
      1_000,
    )
    return () => {
      clearInterval(timer)
      forget()
    }
  }, [isShown, forget])
  return { shown, setShown }
}
