import type { LookUpAnswer, PersonMatch } from '@guankou/contract/identity/look-up.ts'
import type { PersonPage } from '@guankou/contract/subject-access/person-page.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { PersonPageView } from '@guankou/ui/person-page/PersonPageView.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { useRefusalText } from '#src/look-up/use-look-up.ts'
import { DeskForm } from '#src/requests/DeskForm.tsx'
import { type DeskSearch, useDeskPage, useDeskSearch } from '#src/requests/use-desk-page.ts'

const Matches = ({
  answer,
  onChoose,
}: {
  readonly answer: LookUpAnswer
  readonly onChoose: (match: PersonMatch) => void
}) => {
  const { t } = useTranslation()
  const timeZone = useTimeZone()
  if (answer.matches.length === 0) return <p role="status">{t('requests.print.nobody')}</p>
  return (
    <>
      <p role="status">{t('requests.print.choose')}</p>
      <ul className="desk-matches">
        {answer.matches.map((match) => {
          const name = match.fields.find(({ field }) => field === 'name')?.masked ?? ''
          const seat = t('requests.print.seat', { seat: match.seat })
          return (
            <li key={`${match.screeningId} ${match.seat}`}>
              <button type="button" className="link-button" onClick={() => onChoose(match)}>
                {formatInstant(match.occurredAt, timeZone)} · {seat} · {name}
              </button>
            </li>
          )
        })}
      </ul>
    </>
  )
}

const Paper = ({ page, onDone }: { readonly page: PersonPage; readonly onDone: () => void }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <section className="card person-paper">
      <p className="person-paper-tools not-printed">
        <button type="button" className="primary-button" onClick={() => window.print()}>
          {t('requests.print.toPrint')}
        </button>
        <button type="button" className="link-button" onClick={onDone}>
          {t('requests.print.done')}
        </button>
      </p>
      <h2>{t('requests.print.heading', { city: inLocale(page.city, locale) })}</h2>
      <PersonPageView page={page} locale={locale} covered={false} />
      <p className="person-paper-foot">{t('requests.print.footer')}</p>
    </section>
  )
}

/** Lets a desk open and print the page of somebody who stands before it. */
export const PrintForPerson = () => {
  const { t } = useTranslation()
  const refusalText = useRefusalText()
  const [searched, setSearched] = useState<DeskSearch>()
  const open = useDeskPage()
  const search = useDeskSearch()
  const failure = open.error ?? search.error
  const clear = (): void => {
    open.reset()
    search.reset()
    setSearched(undefined)
  }
  if (open.data !== undefined) return <Paper page={open.data} onDone={clear} />
  return (
    <section className="card identity-section not-printed">
      <h2>{t('requests.print.title')}</h2>
      <p className="muted">{t('requests.print.lead')}</p>
      <DeskForm
        busy={open.isPending || search.isPending}
        onOpen={(input) => open.mutate(input)}
        onSearch={(input) => {
          setSearched(input)
          search.mutate(input)
        }}
      />
      {failure === null ? null : (
        <p role="alert" className="identity-refusal">
          {refusalText(failure)}
        </p>
      )}
      {search.data === undefined || searched === undefined ? null : (
        <Matches
          answer={search.data}
          onChoose={({ screeningId, seat }) =>
            open.mutate({ reason: searched.reason, by: { screeningId, seat } })
          }
        />
      )}
    </section>
  )
}
