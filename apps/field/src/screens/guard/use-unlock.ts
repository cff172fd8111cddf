import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UnlockFailure } from '#src/runtime/gate.ts'
import { formatWait } from '#src/screens/format.ts'
import { useNow } from '#src/screens/use-now.ts'

export type Unlocking = {
  readonly busy: boolean
  readonly note: string | undefined
  /** No try is taken before this time. */
  readonly pausedMs: number
  readonly attempt: (run: () => Promise<UnlockFailure | undefined>) => Promise<'open' | 'failed'>
}

/** One PIN after the other, with what to say of the last. @param notBeforeMs  of tries made before */
export const useUnlock = (notBeforeMs: number): Unlocking => {
  const { t } = useTranslation()
  const nowMs = useNow(1_000)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<UnlockFailure>()
  const pausedMs = Math.max(0, (failure?.notBeforeMs ?? notBeforeMs) - nowMs)
  const parts = [
    ...(failure?.is === 'wrong' ? [t('guard.wrong', { n: failure.triesLeft })] : []),
    ...(pausedMs > 0 ? [t('guard.pause', { time: formatWait(pausedMs) })] : []),
  ]
  return {
    busy,
    pausedMs,
    note: parts.length === 0 ? undefined : parts.join(' '),
    async attempt(run) {
      setBusy(true)
      const failed = await run()
      setBusy(false)
      setFailure(failed)
      return failed === undefined ? 'open' : 'failed'
    },
  }
}
