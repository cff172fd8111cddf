import type { MaskedField, PersonMatch } from '@guankou/contract/identity/look-up.ts'
import { unmaskField } from '@guankou/contract/identity/look-up.ts'
import { identityFieldNames } from '@guankou/contract/identity/purposes.ts'
import { correctionGroundNames } from '@guankou/contract/screening/corrections.ts'
import { readDecision } from '@guankou/contract/screening/decisions.ts'
import { dispositionNames } from '@guankou/contract/screening/dispositions.ts'
import { conveyanceKindNames } from '@guankou/contract/screening/names.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client, orThrow } from '#src/api/client.ts'
import { placesQuery } from '#src/api/queries.ts'
import { PageLink } from '#src/layout/PageLink.tsx'
import { isOpenTo } from '#src/layout/pages.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTimeZone } from '#src/layout/use-time-zone.ts'
import { CorrectField } from '#src/look-up/CorrectField.tsx'
import { documentName } from '#src/look-up/names.ts'
import { ownLookUpsQuery } from '#src/look-up/queries.ts'
import { useRefusalText } from '#src/look-up/use-look-up.ts'
import { type Shown, useShown } from '#src/look-up/use-shown.ts'
import { paths } from '#src/path-builder.ts'

type ShownField = Shown<{ readonly correctedTo: string | null }>

const useShownField = (match: PersonMatch, field: MaskedField['field']) => {
  const queryClient = useQueryClient()
  const unmask = useMutation({
    mutationFn: async () => {
      const { screeningId, seat } = match
      return orThrow(await client.call(unmaskField, { body: { screeningId, seat, field } }))
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ownLookUpsQuery.queryKey }),
    gcTime: 0,
  })
  const { shown, setShown } = useShown<{ readonly correctedTo: string | null }>(unmask.reset)
  const show = (): void =>
    unmask.mutate(undefined, {
      onSuccess: ({ text, correctedTo, shownForSeconds }) =>
        setShown({ text, correctedTo, secondsLeft: shownForSeconds }),
    })
  return { shown, show, unmask }
}

/** What a field was corrected to, beside what was recorded: every correction, with who made it and why. */
const Corrected = ({
  match,
  field,
  shown,
}: {
  readonly match: PersonMatch
  readonly field: MaskedField['field']
  readonly shown: ShownField | undefined
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const own = match.corrections.filter((correction) => correction.field === field)
  return own.map(({ grantedAt, masked, source, ground, by }, index) => {
    const text = index === own.length - 1 ? (shown?.correctedTo ?? masked) : masked
    const day = formatInstant(grantedAt, timeZone).slice(0, 10)
    return (
      <span key={`${grantedAt} ${masked}`} className="muted correction-line">
        {source === 'request' || ground === null
          ? t('lookUp.corrected', { day, text })
          : t('decisions.correctedBy', {
              day,
              text,
              officer: inLocale(by, locale),
              ground: inLocale(correctionGroundNames[ground], locale),
            })}
      </span>
    )
  })
}

const Field = ({ match, field }: { readonly match: PersonMatch; readonly field: MaskedField }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const refusalText = useRefusalText()
  const { shown, show, unmask } = useShownField(match, field.field)
  const name = inLocale(identityFieldNames[field.field], locale)
  return (
    <>
      <dt>{field.field === 'document' ? documentName(locale, match.documentKind) : name}</dt>
      <dd>
        <span className={shown === undefined ? 'masked-text' : 'clear-text'}>
          {shown?.text ?? field.masked}
        </span>
        {shown === undefined ? (
          <button
            type="button"
            className="link-button"
            aria-label={t('lookUp.showField', { field: name })}
            disabled={unmask.isPending}
            onClick={show}
          >
            {t('lookUp.show')}
          </button>
        ) : (
          <span className="muted">{t('lookUp.hides', { count: shown.secondsLeft })}</span>
        )}
        <Corrected match={match} field={field.field} shown={shown} />
        {field.field === 'service' ? null : <CorrectField match={match} field={field.field} />}
        {unmask.isError ? <span role="alert">{refusalText(unmask.error)}</span> : null}
      </dd>
    </>
  )
}

/** What counts of the disposition, and the way to why, for roles that need it. */
const Finding = ({ match }: { readonly match: PersonMatch }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { role } = useSession()
  if (match.disposition === null) return null
  return (
    <>
      <dt>{t('lookUp.finding')}</dt>
      <dd>
        {inLocale(dispositionNames[match.disposition], locale)}
        {match.overridden ? <span className="muted">{t('events.overridden')}</span> : null}
        {isOpenTo(role, readDecision) ? (
          <PageLink
            path={paths.decisions}
            view={{ day: match.day, screening: match.screeningId }}
            className="link-button"
          >
            {t('decisions.why')}
          </PageLink>
        ) : null}
      </dd>
    </>
  )
}

/** One person in one screening. */
export const Match = ({ match }: { readonly match: PersonMatch }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const timeZone = useTimeZone()
  const places = useQuery(placesQuery).data
  const found = places?.posts.find(({ id }) => id === match.postId)
  const post = found === undefined ? String(match.postId) : inLocale(found.name, locale)
  const time = formatInstant(match.occurredAt, timeZone).slice(0, 16)
  return (
    <article
      className="card person-match"
      aria-label={t('lookUp.matchLabel', { time, post, seat: match.seat })}
    >
      <h3>
        <time dateTime={match.occurredAt}>{time}</time> {post}
      </h3>
      <p className="muted">
        {[
          t('lookUp.lane', { lane: match.lane }),
          inLocale(conveyanceKindNames[match.conveyanceKind], locale),
          t('lookUp.seat', { seat: match.seat }),
          ...(match.seatLabel === null ? [] : [t('lookUp.seatLabel', { label: match.seatLabel })]),
        ].join(' · ')}
      </p>
      {match.fields.length === 0 ? <p>{t('lookUp.destroyed')}</p> : null}
      <dl className="identity-facts">
        {match.fields.map((field) => (
          <Field key={field.field} match={match} field={field} />
        ))}
        <Finding match={match} />
      </dl>
    </article>
  )
}
