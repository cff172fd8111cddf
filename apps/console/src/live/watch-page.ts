import { hasSlept } from '#src/live/line.ts'

export type PageHandlers = {
  /** Once a second while the page can be seen. */
  readonly ticked: (nowMs: number) => void
  readonly woke: () => void
  readonly seenAgain: () => void
  readonly offline: () => void
}

const tickEveryMs = 1_000
/** Hidden pages get their timers up to a minute late without any sleep. */
const hiddenTickMs = 60_000

/** Tells when the machine woke up, the page came into sight or the network came and went. @returns ends it */
export const watchPage = ({ ticked, woke, seenAgain, offline }: PageHandlers): (() => void) => {
  let lastTickMs = Date.now()
  const tick = setInterval(() => {
    const nowMs = Date.now()
    if (!document.hidden) {
      if (hasSlept(lastTickMs, nowMs, tickEveryMs)) woke()
      else ticked(nowMs)
    }
    lastTickMs = nowMs
  }, tickEveryMs)
  const visibility = (): void => {
    if (document.hidden) return
    if (hasSlept(lastTickMs, Date.now(), hiddenTickMs)) woke()
    else seenAgain()
    lastTickMs = Date.now()
  }
  window.addEventListener('offline', offline)
  window.addEventListener('online', woke)
  document.addEventListener('visibilitychange', visibility)
  return () => {
    clearInterval(tick)
    window.removeEventListener('offline', offline)
    window.removeEventListener('online', woke)
    document.removeEventListener('visibilitychange', visibility)
  }
}
