import { dispositionNames, dispositions } from '@guankou/contract/screening/dispositions.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { placesQuery } from '#src/api/queries.ts'
import { Checks, toggled } from '#src/exports/Checks.tsx'
import type { PartProps } from '#src/exports/request-draft.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { worklistsQuery } from '#src/worklists/queries.ts'

const Screenings = ({ draft, onChange }: PartProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  const posts = useQuery(placesQuery).data?.posts ?? []
  return (
    <>
      <label htmlFor={`${id}-post`}>{t('exports.posts')}</label>
      <select
        id={`${id}-post`}
        value={draft.post}
        onChange={(event) => onChange({ post: event.currentTarget.value })}
      >
        <option value="">{t('exports.allPosts')}</option>
        {posts.map((post) => (
          <option key={post.id} value={post.id}>
            {inLocale(post.name, locale)}
          </option>
        ))}
      </select>
      <Checks
        legend={t('exports.dispositions')}
        hint={t('exports.allDispositions')}
        all={dispositions}
        names={dispositionNames}
        chosen={draft.dispositions}
        onToggle={(value) => onChange({ dispositions: toggled(draft.dispositions, value) })}
      />
    </>
  )
}

const Calls = ({ draft, onChange }: PartProps) => {
  const { t } = useTranslation()
  const id = useId()
  const all = useQuery(worklistsQuery).data?.lists ?? []
  // Nobody of a register is called.
  const lists = all.filter(({ kind }) => kind !== 'household-register')
  return (
    <>
      <label htmlFor={`${id}-list`}>{t('exports.worklist')}</label>
      <select
        id={`${id}-list`}
        value={draft.listId}
        onChange={(event) => onChange({ listId: event.currentTarget.value })}
      >
        <option value="">{t('exports.allWorklists')}</option>
        {lists.map((list) => (
          <option key={list.id} value={list.id}>
            {list.title}
          </option>
        ))}
      </select>
    </>
  )
}

/** Whose days they are. */
const daysTexts = {
  screenings: 'exports.daysOf.screenings',
  calls: 'exports.daysOf.calls',
  quarantine: 'exports.daysOf.quarantine',
} as const

/** Days, and what else narrows a list of its subject. */
export const Filters = (props: PartProps) => {
  const { t } = useTranslation()
  const id = useId()
  const { draft, onChange } = props
  const day = (key: 'fromDay' | 'toDay', label: string) => (
    <div>
      <label htmlFor={`${id}-${key}`}>{label}</label>
      <input
        id={`${id}-${key}`}
        type="date"
        required
        value={draft[key]}
        onChange={(event) => onChange({ [key]: event.currentTarget.value })}
      />
    </div>
  )
  return (
    <>
      <div className="identity-pair">
        {day('fromDay', t('exports.fromDay'))}
        {day('toDay', t('exports.toDay'))}
      </div>
      <p className="muted">{t(daysTexts[draft.subject])}</p>
      {draft.subject === 'screenings' ? <Screenings {...props} /> : null}
      {draft.subject === 'calls' ? <Calls {...props} /> : null}
    </>
  )
}
