import { originName } from '@guankou/geodata/divisions/origins.ts'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { OriginSearch } from '../lane/OriginSearch.tsx'
import type { MemberDraft } from './member-draft.ts'

type Props = {
  readonly stays: MemberDraft['stays']
  readonly day: string
  readonly onChange: (stays: MemberDraft['stays']) => void
}

type Stay = MemberDraft['stays'][number]

const mostStays = 10

/** One stay: the place, and the day on which it ended. */
const StayRow = ({
  stay: { originCode, until },
  day,
  onChange,
}: {
  readonly stay: Stay
  readonly day: string
  /** @param next  left out where the stay goes */
  readonly onChange: (next?: Stay) => void
}) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const place = originName(originCode, locale) ?? String(originCode)
  return (
    <li className="row row-flat round-stay">
      <span className="round-row-head">
        <b>{place}</b>
        <button
          type="button"
          className="button button-small"
          aria-label={`${t('round.remove')}: ${place}`}
          onClick={() => onChange()}
        >
          {t('round.remove')}
        </button>
      </span>
      <label className="field">
        <span>{t('round.until')}</span>
        <input
          type="date"
          value={until}
          max={day}
          required
          onChange={(event) => onChange({ originCode, until: event.target.value })}
        />
      </label>
    </li>
  )
}

/** Where somebody stayed, and until when: a place counts as soon as it is chosen, until today unless another day is given. */
export const StaysEditor = ({ stays, day, onChange }: Props) => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const recent = useStore(runtime.recentOrigins)
  const add = (originCode: number): void => {
    const isThere = stays.some((stay) => stay.originCode === originCode && stay.until === day)
    if (!isThere) onChange([...stays, { originCode, until: day }])
  }
  return (
    <fieldset className="choices">
      <legend>{t('round.stays')}</legend>
      <ul className="rows">
        {stays.map((stay, index) => (
          <StayRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a stay is its place in the list, and its day is being typed
            key={index}
            stay={stay}
            day={day}
            onChange={(next) =>
              onChange(next === undefined ? stays.toSpliced(index, 1) : stays.with(index, next))
            }
          />
        ))}
      </ul>
      {stays.length >= mostStays ? null : (
        <OriginSearch
          label={t('round.addStay')}
          offered={recent.slice(0, 6)}
          chosen={undefined}
          onChoose={add}
        />
      )}
    </fieldset>
  )
}
