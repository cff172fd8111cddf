const eventNames = ['pointerdown', 'keydown', 'touchstart'] as const
const lookEveryMs = 5_000

/**
 * Calls once nothing was touched for so long; a phone that slept is looked at as it wakes.
 * @param afterMs  asked anew at each look, as the policy may change
 */
export const watchIdle = (afterMs: () => number, onIdle: () => void): void => {
  let lastMs = Date.now()
  const look = (): void => {
    if (Date.now() - lastMs < afterMs()) return
    lastMs = Date.now()
    onIdle()
  }
  for (const name of eventNames)
    window.addEventListener(
      name,
      () => {
        look()
        lastMs = Date.now()
      },
      { capture: true, passive: true },
    )
  document.addEventListener('visibilitychange', look)
  setInterval(look, lookEveryMs)
}
