import {
  setTestingSettings,
  type TestingAllocation,
  type TestingSettings,
} from '@guankou/contract/testing/allocation.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOpenTo } from '#src/layout/pages.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useSetSettings } from '#src/testing/queries.ts'

/** Shares as per cent, times in minutes; empty where nothing is decided. */
type Draft = Readonly<Record<'lotShare' | 'noShowShare' | 'testMinutes' | 'worthMinutes', string>>

const perCent = (share: number): string => String(Math.round(share * 1_000) / 10)

const draftOf = ({ lotShare, noShowShare, testMinutes, worthMinutes }: TestingSettings): Draft => ({
  lotShare: perCent(lotShare),
  noShowShare: perCent(noShowShare),
  testMinutes: String(testMinutes),
  worthMinutes: worthMinutes === null ? '' : String(worthMinutes),
})

const settingsOf = (draft: Draft, version: number): TestingSettings => ({
  version,
  lotShare: Number(draft.lotShare) / 100,
  noShowShare: Number(draft.noShowShare) / 100,
  testMinutes: Number(draft.testMinutes),
  worthMinutes: draft.worthMinutes.trim() === '' ? null : Number(draft.worthMinutes),
})

const fields = [
  { key: 'lotShare', label: 'testing.lotShare', min: 0, max: 100, step: 0.1 },
  { key: 'noShowShare', label: 'testing.noShowShare', min: 0, max: 90, step: 0.1 },
  { key: 'testMinutes', label: 'testing.testMinutes', min: 0.1, max: 1_440, step: 0.1 },
  { key: 'worthMinutes', label: 'testing.worthMinutes', min: 1, max: 10_000_000, step: 1 },
] as const

type FieldsProps = {
  readonly draft: Draft
  readonly isAllowed: boolean
  readonly onChange: (draft: Draft) => void
}

const Fields = ({ draft, isAllowed, onChange }: FieldsProps) => {
  const { t } = useTranslation()
  const id = useId()
  return fields.map(({ key, label, ...limits }) => (
    <p key={key}>
      <label htmlFor={`${id}-${key}`}>{t(label)}</label>
      <input
        id={`${id}-${key}`}
        type="number"
        {...limits}
        required={key !== 'worthMinutes'}
        disabled={!isAllowed}
        placeholder={key === 'worthMinutes' ? t('testing.worthNone') : undefined}
        value={draft[key]}
        onChange={(event) => onChange({ ...draft, [key]: event.currentTarget.value })}
      />
    </p>
  ))
}

/** How tests are given in the response: shown to all who see the page, changed by who answers for the city. */
export const SettingsCard = ({
  allocation,
  cityCode,
}: {
  readonly allocation: TestingAllocation
  readonly cityCode: number | undefined
}) => {
  const { t } = useTranslation()
  const session = useSession()
  const failureText = useFailureText()
  const { settings, responseId } = allocation
  const [typed, setTyped] = useState<Draft>()
  const set = useSetSettings()
  const draft = typed ?? draftOf(settings)
  const isAllowed = isOpenTo(session.role, setTestingSettings) && session.areaCode === cityCode
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    set.mutate(
      { responseId, settings: settingsOf(draft, settings.version) },
      { onSuccess: () => setTyped(undefined) },
    )
  }
  return (
    <Card title={t('testing.settings')}>
      <form className="testing-settings" onSubmit={submit}>
        <Fields draft={draft} isAllowed={isAllowed} onChange={setTyped} />
        <button
          type="submit"
          className="quiet-button"
          disabled={!isAllowed || typed === undefined || set.isPending}
          title={isAllowed ? undefined : t('testing.settingsNot')}
        >
          {t('testing.save')}
        </button>
        <p role="status" className="muted">
          {set.isSuccess ? t('testing.settingsSaved', { version: set.data.version }) : null}
          {set.isError ? failureText(set.error).text : null}
          {isAllowed ? null : t('testing.settingsNot')}
        </p>
      </form>
    </Card>
  )
}
