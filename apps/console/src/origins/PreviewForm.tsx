import type { PreviewBody } from '@guankou/contract/origin/preview.ts'
import type { RiskArea } from '@guankou/contract/responses/response.ts'
import { originName } from '@guankou/geodata/divisions/origins.ts'
import { searchOrigins } from '@guankou/geodata/divisions/search-origins.ts'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'

const windows = [1, 3, 7, 14, 28] as const
const suggestions = 8

export type PreviewFormProps = {
  readonly area: number
  readonly today: string
  readonly responses: readonly { readonly id: string; readonly name: string }[]
  readonly isPending: boolean
  readonly onAsk: (body: PreviewBody) => void
}

const codeOf = (text: string): number | undefined => {
  const digits = /\b(\d{6})\b/.exec(text)?.[1]
  if (digits !== undefined && originName(Number(digits), 'zh') !== undefined) return Number(digits)
  return searchOrigins(text, { limit: 1 })[0]?.code
}

type AreaFieldProps = {
  readonly text: string
  /** What the text is taken for. */
  readonly code: number | undefined
  readonly onText: (text: string) => void
}

/** The area by name or code, with proposals while one types. */
const AreaField = ({ text, code: taken, onText }: AreaFieldProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  const isTyped = text.trim() !== ''
  const found = isTyped ? searchOrigins(text, { limit: suggestions }) : []
  const area = taken === undefined ? undefined : `${originName(taken, locale) ?? ''} ${taken}`
  return (
    <>
      <label htmlFor={id}>{t('originsPage.previewArea')}</label>
      <input
        id={id}
        type="text"
        list={`${id}-areas`}
        value={text}
        aria-describedby={`${id}-is`}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <span id={`${id}-is`} role="status" className="muted">
        {isTyped && area !== undefined ? t('originsPage.previewAreaIs', { area }) : null}
        {isTyped && area === undefined ? t('originsPage.previewAreaHint') : null}
      </span>
      <datalist id={`${id}-areas`}>
        {found.map(({ code }) => (
          <option key={code} value={`${originName(code, locale) ?? ''} ${code}`} />
        ))}
      </datalist>
    </>
  )
}

type LevelFieldProps = {
  readonly level: RiskArea['level']
  readonly onLevel: (level: RiskArea['level']) => void
}

const LevelField = ({ level, onLevel }: LevelFieldProps) => {
  const { t } = useTranslation()
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{t('originsPage.level')}</label>
      <select
        id={id}
        value={level}
        onChange={(event) => onLevel(event.currentTarget.value === 'high' ? 'high' : 'medium')}
      >
        <option value="medium">{t('originsPage.levels.medium')}</option>
        <option value="high">{t('originsPage.levels.high')}</option>
      </select>
    </>
  )
}

type AddProps = { readonly today: string; readonly onAdd: (area: RiskArea) => void }

/** One area with level and dates. A province as a whole is given by its code. */
const AddArea = ({ today, onAdd }: AddProps) => {
  const { t } = useTranslation()
  const id = useId()
  const [text, setText] = useState('')
  const [level, setLevel] = useState<RiskArea['level']>('medium')
  const [from, setFrom] = useState(today)
  const [until, setUntil] = useState('')
  const code = text.trim() === '' ? undefined : codeOf(text)
  const add = (): void => {
    if (code === undefined) return
    onAdd({ areaCode: code, level, from, ...(until === '' ? {} : { until }) })
    setText('')
  }
  return (
    <div className="preview-add">
      <AreaField text={text} code={code} onText={setText} />
      <LevelField level={level} onLevel={setLevel} />
      <label htmlFor={`${id}-from`}>{t('originsPage.fromDay')}</label>
      <input
        id={`${id}-from`}
        type="date"
        required
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <label htmlFor={`${id}-until`}>{t('originsPage.untilDay')}</label>
      <input
        id={`${id}-until`}
        type="date"
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <button
        type="button"
        className="quiet-button"
        disabled={code === undefined || from === ''}
        onClick={add}
      >
        {t('originsPage.addArea')}
      </button>
    </div>
  )
}

type ChosenProps = {
  readonly areas: readonly RiskArea[]
  readonly onAreas: (areas: readonly RiskArea[]) => void
}

const ChosenAreas = ({ areas, onAreas }: ChosenProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <ul className="preview-areas" aria-label={t('originsPage.chosenAreas')}>
      {areas.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same area may be chosen twice, for two spans of days
        <li key={at} className="pill">
          {originName(one.areaCode, locale)} · {t(`originsPage.levels.${one.level}`)} ·{' '}
          {one.until === undefined
            ? t('originsPage.openEnded', { from: one.from })
            : `${one.from}–${one.until}`}
          <button
            type="button"
            className="step"
            aria-label={t('originsPage.removeArea', { area: originName(one.areaCode, locale) })}
            onClick={() => onAreas(areas.filter((_, other) => other !== at))}
          >
            ×
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Chooses areas, levels and dates, and over how many days back to look. */
export const PreviewForm = ({ area, today, responses, isPending, onAsk }: PreviewFormProps) => {
  const { t } = useTranslation()
  const id = useId()
  const [areas, setAreas] = useState<readonly RiskArea[]>([])
  const [days, setDays] = useState<number>(14)
  const [response] = responses
  const ask = (event: FormEvent): void => {
    event.preventDefault()
    if (response !== undefined) onAsk({ area, responseId: response.id, days, riskAreas: [...areas] })
  }
  return (
    <form className="preview-form" onSubmit={ask}>
      <AddArea today={today} onAdd={(one) => setAreas([...areas, one])} />
      <ChosenAreas areas={areas} onAreas={setAreas} />
      <label htmlFor={`${id}-days`}>{t('originsPage.lookBack')}</label>
      <select id={`${id}-days`} value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
        {windows.map((each) => (
          <option key={each} value={each}>
            {t('originsPage.days', { count: each })}
          </option>
        ))}
      </select>
      <button
        type="submit"
        className="primary-button"
        disabled={areas.length === 0 || response === undefined || isPending}
      >
        {t('originsPage.ask')}
      </button>
      {areas.length === 0 ? <span className="muted">{t('originsPage.previewNone')}</span> : null}
    </form>
  )
}
