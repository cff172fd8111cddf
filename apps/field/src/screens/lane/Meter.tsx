import { useTranslation } from 'react-i18next'
import type { Draft } from '#src/lane/draft.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { useNow } from '#src/screens/use-now.ts'

/** Seconds of this vehicle, and the mean of the shift. */
export const Meter = ({ draft }: { readonly draft: Draft }) => {
  const { t } = useTranslation()
  const { lane } = useField()
  const pace = useStore(lane.pace)
  const nowMs = useNow(1_000)
  const own =
    draft.startedAtMs === null
      ? t('lane.meterIdle')
      : t('lane.meter', { seconds: Math.max(0, Math.round((nowMs - draft.startedAtMs) / 1_000)) })
  const shift =
    pace.meanSeconds === undefined
      ? []
      : [
          t('lane.meterMean', { mean: pace.meanSeconds.toFixed(1) }),
          t('lane.meterCount', { count: pace.vehicles }),
        ]
  return <p className="meter">{[own, ...shift].join(' · ')}</p>
}
