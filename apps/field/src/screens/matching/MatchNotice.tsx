import { matchQuestions } from '@guankou/contract/matching/reasons.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { type Draft, isPlated } from '#src/lane/draft.ts'
import { displayPlate } from '#src/lane/plate.ts'
import { useField } from '#src/runtime/field-context.ts'
import { useStore } from '#src/runtime/store.ts'
import { type Compared, type Prompt, useMatches } from './use-matches.ts'

/** Shorter ones are still being typed. */
const [leastPlate, leastDocument] = [6, 6]

const comparedOf = (draft: Draft): Compared[] => {
  const plate: Compared[] =
    isPlated(draft.kind) && !draft.withoutPlate && draft.plate.length >= leastPlate
      ? [{ kind: 'plate', number: draft.plate, seat: undefined }]
      : []
  const documents = draft.travellers.flatMap(({ seat, documentNumber }): Compared[] =>
    documentNumber.length >= leastDocument ? [{ kind: 'document', number: documentNumber, seat }] : [],
  )
  return [...plate, ...documents]
}

/** Panels whose keys leave room for one line above them, so that the plate stays in sight. */
const tightPanels = new Set<Draft['panel']>(['plate', 'province', 'suffix'])

const PromptLine = ({ prompt, isTight }: { readonly prompt: Prompt; readonly isTight: boolean }) => {
  const { t } = useTranslation()
  const { settings } = useField()
  const { locale } = useStore(settings)
  const { compared, match, state } = prompt
  const who =
    compared.seat === undefined
      ? t('match.plate', { plate: displayPlate(compared.number) })
      : t('match.seat', { seat: compared.seat })
  const title = match.title[locale]
  if (isTight) return <b>{t('match.short', { title })}</b>
  return (
    <>
      <b>
        {who} {t('match.onList', { title })}
      </b>
      <p>{matchQuestions[match.reason][locale]}</p>
      <p className="card-line">{t(`match.${state}`)}</p>
    </>
  )
}

/** Lists that this phone cannot compare with, because their key is not here or is another one. */
const KeyNotice = ({ content }: { readonly content: PackContent }) => {
  const { t } = useTranslation()
  const { runtime, settings } = useField()
  const { locale } = useStore(settings)
  const { matchKeys } = runtime
  useSyncExternalStore(matchKeys.subscribe, matchKeys.version)
  const lists = (content.matching ?? []).filter((list) => matchKeys.stateOf(list) === 'other')
  if (lists.length === 0) return null
  const titles = lists.map(({ title }) => title[locale]).join(' · ')
  return (
    <div className="notice notice-row notice-slim" role="status">
      <span>{t('match.otherKey', { titles })}</span>
      <button
        type="button"
        className="button button-small"
        onClick={() => runtime.sync.downloader.tell({ is: 'asked' })}
      >
        {t('match.fetchKeys')}
      </button>
    </div>
  )
}

/** Who has to be asked by a match list. It stands above the entry, stops nothing and decides nothing. */
export const MatchNotice = ({ draft, content }: { readonly draft: Draft; readonly content: PackContent }) => {
  const { t } = useTranslation()
  const prompts = useMatches(content, comparedOf(draft))
  if (prompts.length === 0) return <KeyNotice content={content} />
  const isTight = tightPanels.has(draft.panel)
  return (
    <section
      className={isTight ? 'notice notice-slim' : 'notice'}
      role="status"
      aria-label={t('match.label')}
    >
      {prompts.map((prompt) => (
        <PromptLine
          key={`${prompt.compared.number}|${prompt.match.listId}`}
          prompt={prompt}
          isTight={isTight}
        />
      ))}
    </section>
  )
}
