import { originName } from '@guankou/geodata/divisions/origins.ts'
import { useState } from 'react'
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

const Adder = ({ day, onAdd }: { readonly day: string; readonly onAdd: (stay: Stay) => void }) => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const recent = useStore(runtime.recentOrigins)
  const [code, setCode] = useState<number>()
  const [until, setUntil] = useState(day)
  return (
    <>
      <OriginSearch
        label={t('round.addStay')}
        offered={recent.slice(0, 6)}
        chosen={code}
        onChoose={setCode}
      />
      {code === undefined ? null : (
        <>
          <label className="field">
            <span>{t('round.until')}</span>
            <input type="date" value={until} max={day} onChange={(event) => setUntil(event.target.value)} />
          </label>
          <button
            type="button"
            className="button"
            disabled={until === ''}
            onClick={() => {
              onAdd({ originCode: code, until })
              setCode(undefined)
            }}
          >
            {t('round.addThisStay')}
          </button>
        </>
      )}
    </>
  )
}

/** Where somebody stayed, and until when. */
export const StaysEditor = ({ stays, day, onChange }: Props) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  return (
    <fieldset className="choices">
      <legend>{t('round.stays')}</legend>
      <ul className="rows">
        {stays.map((stay, index) => (
          <li key={`${stay.originCode} ${stay.until}`} className="row row-flat round-row-head">
            <span>
              {originName(stay.originCode, locale) ?? stay.originCode} ≤ {stay.until}
            </span>
            <button
              type="button"
              className="button button-small"
              onClick={() => onChange(stays.filter((_, at) => at !== index))}
            >
              {t('round.remove')}
            </button>
          </li>
        ))}
      </ul>
      {stays.length >= mostStays ? null : <Adder day={day} onAdd={(stay) => onChange([...stays, stay])} />}
    </fieldset>
  )
}
