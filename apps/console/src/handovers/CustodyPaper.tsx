import type { HandoverChain, HandoverFactView, HandoverLine } from '@guankou/contract/handovers/endpoints.ts'
import {
  custodyDoubtNames,
  custodySideNames,
  custodySides,
  handoverPartNames,
  handoverReasonNames,
  handoverStateNames,
  signatureVerdictNames,
} from '@guankou/contract/handovers/vocabulary.ts'
import { roleNames } from '@guankou/contract/roles.ts'
import { exposureNames, feverNames } from '@guankou/contract/screening/names.ts'
import { formatHandoverCode } from '@guankou/domain/handovers/handover-code.ts'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'

type Person = NonNullable<HandoverLine['opening']>['people'][number]

const findingsText = (t: TFunction, { findings }: Person, locale: Locale): string => {
  if (findings === null) return t('handovers.findingsNone')
  const { fever, exposure, symptoms, highestCelsius } = findings
  const parts = [
    highestCelsius === null ? '' : t('handovers.celsius', { value: highestCelsius.toFixed(1) }),
    fever === 'none' ? '' : t('handovers.fever', { level: inLocale(feverNames[fever], locale) }),
    exposure === 'none' ? '' : t('handovers.exposure', { level: inLocale(exposureNames[exposure], locale) }),
    symptoms.length === 0 ? '' : t('handovers.symptoms', { count: symptoms.length }),
  ].filter((part) => part !== '')
  return parts.length === 0 ? t('handovers.findingsNone') : parts.join(' · ')
}

const People = ({ line }: { readonly line: HandoverLine }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  if (line.opening === null) return <p className="muted">{t('handovers.notArrived')}</p>
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{t('handovers.seat')}</th>
          <th scope="col">{t('handovers.part')}</th>
          <th scope="col">{t('handovers.findings')}</th>
        </tr>
      </thead>
      <tbody>
        {line.opening.people.map((person) => (
          <tr key={person.seat}>
            <th scope="row">{person.seatLabel ?? person.seat}</th>
            <td>{inLocale(handoverPartNames[person.part], locale)}</td>
            <td>{findingsText(t, person, locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type Signed = { readonly fact: HandoverFactView; readonly signature: HandoverChain['signatures'][number] }

const SignedRow = ({ fact, signature, timeZone }: Signed & { readonly timeZone: string }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { verdict, counts, deviceLabel } = signature
  const isGood = verdict === 'good' || verdict === 'by-code'
  return (
    <tr>
      <th scope="row">{fact.side === null ? '' : inLocale(custodySideNames[fact.side], locale)}</th>
      <td>{formatInstant(fact.at, timeZone)}</td>
      <td>{fact.by === null ? '' : inLocale(fact.by.officer, locale)}</td>
      <td>{deviceLabel ?? fact.device?.slice(0, 8)}</td>
      <td>
        <StatusPill state={isGood ? 'well' : 'act'}>
          {inLocale(signatureVerdictNames[verdict], locale)}
        </StatusPill>
        {counts ? null : ` ${t('handovers.superseded')}`}
      </td>
    </tr>
  )
}

const Chain = ({ chain, timeZone }: { readonly chain: HandoverChain; readonly timeZone: string }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const signed = chain.line.facts.flatMap((fact) => {
    const signature = chain.signatures.find(({ factId }) => factId === fact.id)
    return signature === undefined ? [] : [{ fact, signature }]
  })
  return (
    <table className="data-table">
      <thead>
        <tr>
          {(['side', 'signedAt', 'signer', 'device', 'verdict'] as const).map((key) => (
            <th key={key} scope="col">
              {t(`handovers.heads.${key}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {custodySides.flatMap((side) => {
          const own = signed.filter(({ fact }) => fact.side === side)
          if (own.length > 0)
            return own.map((each) => <SignedRow key={each.fact.id} {...each} timeZone={timeZone} />)
          return [
            <tr key={side}>
              <th scope="row">{inLocale(custodySideNames[side], locale)}</th>
              <td colSpan={4}>{t('handovers.notSigned')}</td>
            </tr>,
          ]
        })}
      </tbody>
    </table>
  )
}

const Course = ({ chain, timeZone }: { readonly chain: HandoverChain; readonly timeZone: string }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const steps = chain.line.facts.filter(({ kind }) => kind !== 'signed')
  if (steps.length === 0) return null
  return (
    <section>
      <h3>{t('handovers.course')}</h3>
      <ol className="custody-course">
        {steps.map((step) => {
          const note = chain.notes.find(({ factId }) => factId === step.id)
          return (
            <li key={step.id}>
              <span className="muted">{formatInstant(step.at, timeZone)}</span>{' '}
              {[
                step.kind === 'signed' ? '' : t(`handovers.kinds.${step.kind}`),
                step.by === null ? '' : inLocale(step.by.officer, locale),
                step.toRole === null ? '' : inLocale(roleNames[step.toRole], locale),
                step.reason === null ? '' : inLocale(handoverReasonNames[step.reason], locale),
              ]
                .filter((part) => part !== '')
                .join(' · ')}
              {note === undefined ? null : (
                <p className="alarm-note">{note.note ?? t('handovers.noteGone')}</p>
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** The record of custody, as it is read on the screen and on paper; no name is on it. */
export const CustodyPaper = ({
  chain,
  postName,
  timeZone,
}: {
  readonly chain: HandoverChain
  readonly postName: string
  readonly timeZone: string
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { line } = chain
  return (
    <article className="custody-paper">
      <h2>
        {t('handovers.paperTitle')} {formatHandoverCode(line.code)}
      </h2>
      <p>
        {inLocale(handoverStateNames[line.state], locale)} · {postName} ·{' '}
        {formatInstant(line.openedAt, timeZone)}
        {line.opening === null
          ? ''
          : ` · ${t('handovers.openedBy')} ${inLocale(line.opening.by.officer, locale)}`}
      </p>
      <People line={line} />
      <h3>{t('handovers.chain')}</h3>
      <Chain chain={chain} timeZone={timeZone} />
      {line.doubts.length === 0 ? null : (
        <ul className="custody-doubts">
          {line.doubts.map(({ kind, side }) => (
            <li key={kind + side}>
              {inLocale(custodySideNames[side], locale)}: {inLocale(custodyDoubtNames[kind], locale)}
            </li>
          ))}
        </ul>
      )}
      <Course chain={chain} timeZone={timeZone} />
      <p className="muted">
        {t('handovers.paperNote')} {t('handovers.printedAt', { time: formatInstant(Date.now(), timeZone) })}
      </p>
    </article>
  )
}
