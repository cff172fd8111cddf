import type { SendableOfficer } from '@guankou/contract/posts/endpoints.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SelectField, TextField } from '#src/access/TextField.tsx'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import type { PostParts } from '#src/posts/post-parts.ts'
import { officersQuery, useRecordAt } from '#src/posts/queries.ts'

type Props = {
  readonly parts: PostParts
  readonly requestId: string | undefined
  readonly onClose: () => void
}

const hourChoices = [2, 4, 8, 12, 24, 48, 72] as const
/** As many as fit without scrolling for long; a search narrows them. */
const mostListed = 40

type ChoiceProps = {
  readonly parts: PostParts
  readonly chosen: readonly string[]
  readonly onChosen: (ids: readonly string[]) => void
}

const OfficerChoices = ({ parts, chosen, onChosen }: ChoiceProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { areaCode } = useSession()
  const [sought, setSought] = useState('')
  const { data } = useQuery(officersQuery(areaCode))
  const text = sought.trim().toLowerCase()
  const fits = ({ name, id }: SendableOfficer) =>
    chosen.includes(id) || name.zh.toLowerCase().includes(text) || name.en.toLowerCase().includes(text)
  const officers = (data?.officers ?? []).filter(fits).slice(0, mostListed)
  const toggle = (id: string): void =>
    onChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])
  return (
    <fieldset className="post-officers">
      <legend>{t('postPage.help.who')}</legend>
      <p className="muted">{t('postPage.help.whoHint')}</p>
      <input
        type="search"
        aria-label={t('postPage.help.search')}
        placeholder={t('postPage.help.search')}
        value={sought}
        maxLength={60}
        onChange={(event) => setSought(event.target.value)}
      />
      <ul>
        {officers.map(({ id, name, atPostId }) => (
          <li key={id}>
            <label>
              <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />{' '}
              {inLocale(name, locale)}{' '}
              <small>
                {atPostId === null
                  ? t('postPage.help.free')
                  : t('postPage.help.atPost', { post: parts.postName(atPostId) })}
              </small>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

const useSending = ({ parts, requestId, onClose }: Props) => {
  const record = useRecordAt(parts.post)
  const [unit, setUnit] = useState('')
  const [count, setCount] = useState('1')
  const [hours, setHours] = useState('8')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const officers = Math.max(chosen.length, Math.min(100, Math.max(1, Math.round(Number(count)) || 1)))
  const send = (event: FormEvent): void => {
    event.preventDefault()
    record.mutate(
      {
        is: 'reinforcement-sent',
        ...(requestId === undefined ? {} : { requestId }),
        officers,
        unit: unit.trim(),
        officerIds: [...chosen],
        until: new Date(Date.now() + Number(hours) * 3_600_000 - 1_000).toISOString(),
      },
      { onSuccess: onClose },
    )
  }
  return { record, unit, setUnit, count, setCount, hours, setHours, chosen, setChosen, officers, send }
}

/** Who goes to the post, of which unit, for how long. */
export const SendOfficers = (props: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const { parts, onClose } = props
  const form = useSending(props)
  return (
    <Drawer
      open
      onClose={onClose}
      size={420}
      title={t('postPage.help.form', { post: inLocale(parts.post.name, locale) })}
    >
      <form className="plain-form" onSubmit={form.send}>
        <TextField
          label={t('postPage.help.unit')}
          value={form.unit}
          onText={form.setUnit}
          maxLength={80}
          pattern=".*\S.*"
        />
        <TextField
          label={t('postPage.help.count')}
          value={form.count}
          onText={form.setCount}
          inputMode="numeric"
          pattern="[0-9]{1,3}"
          maxLength={3}
        />
        <SelectField
          label={t('postPage.help.until')}
          value={form.hours}
          options={hourChoices.map((n) => ({ value: String(n), label: t('postPage.help.hours', { n }) }))}
          onPick={form.setHours}
        />
        <OfficerChoices parts={parts} chosen={form.chosen} onChosen={form.setChosen} />
        {form.record.isError ? (
          <p className="field-error" role="alert">
            {failureText(form.record.error).text}
          </p>
        ) : null}
        <button type="submit" className="quiet-button" disabled={form.record.isPending}>
          {t('postPage.help.submit', { n: form.officers })}
        </button>
      </form>
    </Drawer>
  )
}
