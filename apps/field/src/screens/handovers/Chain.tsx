import {
  type CustodySide,
  custodyDoubtNames,
  custodySideNames,
  custodySides,
} from '@guankou/contract/handovers/vocabulary.ts'
import { roleNames } from '@guankou/contract/roles.ts'
import type { Custody } from '@guankou/domain/handovers/custody.ts'
import { useTranslation } from 'react-i18next'
import type { KnownHandover } from '#src/handovers/known-handover.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { formatMoment } from '#src/screens/format.ts'

type Props = { readonly known: KnownHandover; readonly custody: Custody }

const Side = ({ known, custody, side }: Props & { readonly side: CustodySide }) => {
  const { t } = useTranslation()
  const { settings, runtime } = useField()
  const { locale } = useStore(settings)
  const accountId = useStore(runtime.profile)?.accountId
  const signature = custody.signatures[side]
  const told = known.line?.facts.find(({ id }) => id === signature?.id)
  const name = signature?.accountId === accountId ? t('handovers.you') : (told?.by?.officer[locale] ?? '')
  return (
    <li className={signature === undefined ? 'chain-open' : 'chain-signed'}>
      <b>{custodySideNames[side][locale]}</b>
      <span>
        {signature === undefined
          ? t('handovers.notYet')
          : t('handovers.signedAt', { time: formatMoment(signature.atMs), name })}
        {signature === undefined || told !== undefined ? null : (
          <span className="quiet"> · {t('handovers.unsent')}</span>
        )}
      </span>
    </li>
  )
}

/** Who has signed for the people, and what does not fit. */
export const Chain = ({ known, custody }: Props) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const stage = custody.state === 'at-post' || custody.state === 'with-transport' ? custody.state : undefined
  const escalated = stage === undefined ? undefined : custody.escalatedTo[stage].at(-1)
  return (
    <section aria-label={t('handovers.chain')}>
      <h2>{t('handovers.chain')}</h2>
      <ol className="chain">
        {custodySides.map((side) => (
          <Side key={side} known={known} custody={custody} side={side} />
        ))}
      </ol>
      {escalated === undefined ? null : (
        <p className="notice notice-look">
          {t('handovers.escalated', { role: roleNames[escalated][locale] })}
        </p>
      )}
      {custody.doubts.length === 0 ? null : (
        <>
          <h3>{t('handovers.doubts')}</h3>
          <ul className="handover-doubts">
            {custody.doubts.map(({ kind, side }) => (
              <li key={kind + side}>
                {t('handovers.doubt', {
                  side: custodySideNames[side][locale],
                  doubt: custodyDoubtNames[kind][locale],
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
