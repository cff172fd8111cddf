import type { DoorCheckView } from '@guankou/contract/households/endpoints.ts'
import { checkResults } from '@guankou/contract/households/record-household-fact.ts'
import { contactWayNames } from '@guankou/contract/quarantine/vocabulary.ts'
import { useTranslation } from 'react-i18next'
import { type CheckDraft, isWrongCelsius } from '#src/round/quarantine-checks.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { ChooseMany, ChooseOne } from '../chrome/ChoiceChips.tsx'
import { formatMoment } from '../format.ts'

const useLocale = () => {
  const { settings } = useField()
  return useStore(settings).locale
}

const useNameOf = () => {
  const { t } = useTranslation()
  return ({ name, subject }: DoorCheckView): string =>
    name === null ? t(`round.check.unnamed.${subject}`) : name
}

/** Who is in quarantine behind the door, or that the house is looked at: the day, what is asked for, and by when. */
export const CheckNotices = ({ checks }: { readonly checks: readonly DoorCheckView[] }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const nameOf = useNameOf()
  if (checks.length === 0) return null
  return (
    <ul className="round-checks" aria-label={t('round.check.title')}>
      {checks.map((check) => {
        const { quarantineId, dayNumber, days, feverCelsius, signs, way, dueAt, subject } = check
        const asked = [
          ...(feverCelsius === null ? [] : [t('round.check.temperature')]),
          ...signs.map(({ name }) => name[locale]),
        ].join(locale === 'zh' ? '、' : ', ')
        return (
          <li key={quarantineId}>
            <p className="round-check-head">
              <b>{t(`round.check.of.${subject}`, { name: nameOf(check) })}</b>
              <span className="mark mark-look">{t('round.check.day', { n: dayNumber, of: days })}</span>
            </p>
            <p>{t('round.check.asks', { asked })}</p>
            <p className="quiet">
              {contactWayNames[way][locale]} · {t('round.check.by', { time: formatMoment(dueAt) })}
            </p>
          </li>
        )
      })}
    </ul>
  )
}

/** How one episode was found: met or not, and what its plan asks for of those who were met. */
const Check = ({
  check,
  draft,
  onChange,
}: {
  readonly check: DoorCheckView
  readonly draft: CheckDraft
  readonly onChange: (change: Partial<CheckDraft>) => void
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const name = useNameOf()(check)
  const isMet = draft.result === 'reached'
  return (
    <div className="round-person">
      <ChooseOne
        legend={t('round.check.found', { name })}
        chosen={draft.result}
        choices={checkResults.map((value) => ({
          value,
          label:
            check.subject === 'house'
              ? t(`round.check.houseFound.${value}`)
              : t(`round.check.personFound.${value}`),
        }))}
        onChoose={(result) => onChange({ result })}
      />
      {isMet && check.feverCelsius !== null ? (
        <label className="field">
          <span>{t('round.temperatureOf', { name })}</span>
          <input
            inputMode="decimal"
            value={draft.celsius}
            maxLength={5}
            aria-invalid={isWrongCelsius(draft.celsius)}
            onChange={(event) => onChange({ celsius: event.target.value })}
          />
        </label>
      ) : null}
      {isMet && check.signs.length > 0 ? (
        <ChooseMany
          legend={t(`round.check.signs.${check.subject}`, { name })}
          chosen={draft.signs}
          choices={check.signs.map((sign) => ({ value: sign.code, label: sign.name[locale] }))}
          onChange={(signs) => onChange({ signs })}
        />
      ) : null}
    </div>
  )
}

type FormProps = {
  readonly checks: readonly DoorCheckView[]
  readonly of: (quarantineId: string) => CheckDraft
  readonly onChange: (quarantineId: string, change: Partial<CheckDraft>) => void
}

/** The part of the health worker that counts as the contact of each episode. */
export const CheckForms = ({ checks, of, onChange }: FormProps) => (
  <>
    {checks.map((check) => (
      <Check
        key={check.quarantineId}
        check={check}
        draft={of(check.quarantineId)}
        onChange={(change) => onChange(check.quarantineId, change)}
      />
    ))}
  </>
)
