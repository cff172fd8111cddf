import type { Post } from '@guankou/contract/places/place.ts'
import {
  type PostAllocation,
  setBudgets,
  type TestingAllocation,
} from '@guankou/contract/testing/allocation.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOpenTo } from '#src/layout/pages.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useSetBudgets } from '#src/testing/queries.ts'

/** Budgets as they are being typed, by post. */
export type BudgetsDraft = {
  readonly values: ReadonlyMap<number, string>
  readonly change: (postId: number, text: string) => void
}

type Changed = { readonly postId: number; readonly before: number; readonly version: number }

const wholeNumber = (text: string): number | undefined =>
  /^\d{1,6}$/.test(text.trim()) && Number(text) <= 100_000 ? Number(text) : undefined

/** What saving would change of the budgets that stand; undefined as long as something typed is not a number of tests. */
const changesOf = (typed: ReadonlyMap<number, string>, posts: readonly PostAllocation[]) => {
  const entries = [...typed].map(([postId, text]) => ({ postId, tests: wholeNumber(text) }))
  if (entries.some(({ tests }) => tests === undefined)) return undefined
  return entries.flatMap(({ postId, tests }) => {
    const now = posts.find((post) => post.postId === postId)
    return now === undefined || tests === undefined || tests === now.budget ? [] : [{ postId, tests, now }]
  })
}

/** The state of changing budgets: what is typed, saved, and can be undone. */
export const useBudgets = (allocation: TestingAllocation, today: string) => {
  const { t } = useTranslation()
  const { role } = useSession()
  const failureText = useFailureText()
  const [typed, setTyped] = useState<ReadonlyMap<number, string>>()
  const [changed, setChanged] = useState<readonly Changed[]>([])
  const [said, setSaid] = useState('')
  const set = useSetBudgets()
  const isAllowed = isOpenTo(role, setBudgets)
  const isOver = allocation.day < today
  const wanted = changesOf(typed ?? new Map(), allocation.posts) ?? []
  const send = (budgets: Parameters<typeof set.mutate>[0]['budgets'], onDone: () => void) =>
    set.mutate({ fromDay: allocation.day, budgets }, { onSuccess: onDone, onError: () => setSaid('') })
  return {
    draft:
      typed === undefined
        ? undefined
        : { values: typed, change: (id: number, text: string) => setTyped(new Map(typed).set(id, text)) },
    isAllowed: isAllowed && !isOver,
    why: isOver ? t('testing.editPast') : t('testing.editNot'),
    isPending: set.isPending,
    canSave: wanted.length > 0,
    canUndo: changed.length > 0,
    message: set.isError ? failureText(set.error).text : said,
    begin: () => setTyped(new Map()),
    cancel: () => setTyped(undefined),
    save: () =>
      send(
        wanted.map(({ postId, tests, now }) => ({ postId, tests, afterVersion: now.budgetVersion })),
        () => {
          setChanged(
            wanted.map(({ postId, now }) => ({ postId, before: now.budget, version: now.budgetVersion + 1 })),
          )
          setTyped(undefined)
          setSaid(t('testing.saved', { count: wanted.length, day: allocation.day }))
        },
      ),
    undo: () =>
      send(
        changed.map(({ postId, before, version }) => ({ postId, tests: before, afterVersion: version })),
        () => {
          setChanged([])
          setSaid(t('testing.undone'))
        },
      ),
  }
}

export const BudgetInput = ({
  post,
  allocated,
  draft,
}: {
  readonly post: Post
  readonly allocated: PostAllocation
  readonly draft: BudgetsDraft
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <input
      className="budget-input"
      inputMode="numeric"
      aria-label={t('testing.budgetOf', { post: inLocale(post.name, locale) })}
      aria-invalid={wholeNumber(draft.values.get(post.id) ?? String(allocated.budget)) === undefined}
      value={draft.values.get(post.id) ?? String(allocated.budget)}
      onChange={(event) => draft.change(post.id, event.currentTarget.value)}
    />
  )
}

export const BudgetButtons = (props: ReturnType<typeof useBudgets>) => {
  const { t } = useTranslation()
  const { draft, isAllowed, why, isPending, canSave, canUndo, begin, cancel, save, undo } = props
  const button = (text: string, onClick: () => void, disabled: boolean, title?: string) => (
    <button type="button" className="quiet-button" disabled={disabled} title={title} onClick={onClick}>
      {text}
    </button>
  )
  if (draft === undefined)
    return (
      <>
        {canUndo ? button(t('testing.undo'), undo, isPending) : null}
        {button(t('testing.edit'), begin, !isAllowed, isAllowed ? undefined : why)}
      </>
    )
  return (
    <>
      {button(t('testing.save'), save, isPending || !canSave)}
      {canSave || isPending ? null : <span className="muted">{t('testing.saveNot')}</span>}
      {button(t('testing.cancel'), cancel, isPending)}
    </>
  )
}
