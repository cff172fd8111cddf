import type { OutputOf } from '@guankou/contract/endpoint.ts'
import type { listPaperForms, PaperFormView } from '@guankou/contract/paper/endpoints.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import {
  draftOf,
  emptyForm,
  emptyPerson,
  type FormDraft,
  isBegun,
  type Methods,
  readDraft,
} from '#src/paper/draft.ts'
import { FormsCard } from '#src/paper/FormsCard.tsx'
import { KeyCard, type PaperResponse } from '#src/paper/KeyCard.tsx'
import type { Keepable } from '#src/paper/keeper.ts'
import type { PaperPlace } from '#src/paper/queries.ts'
import { placeName } from '#src/paper/read-places.ts'
import { useKeeper } from '#src/paper/use-keeper.ts'
import { newCommandId } from '#src/posts/command-id.ts'

type Props = {
  readonly place: PaperPlace
  readonly answer: OutputOf<typeof listPaperForms>
}

const usualMethods: Methods = { first: 'forehead', second: 'ear' }
const freshForm = (lane: string): FormDraft => emptyForm(newCommandId(Date.now()), lane)
const nextSeat = ({ people }: FormDraft): number => Math.max(0, ...people.map(({ seat }) => seat)) + 1

/** What of a draft is kept; one that is not done is told as such, so that nobody records half a form. */
const keepableOf = (
  { jurisdiction, post: postId, day }: PaperPlace,
  draft: FormDraft,
  {
    methods,
    symptoms,
    isDone,
  }: { readonly methods: Methods; readonly symptoms: readonly string[]; readonly isDone: boolean },
): Keepable => {
  const { value } = readDraft(draft, { methods, symptoms, day })
  return { id: draft.id, jurisdiction, postId, day, form: isDone ? value : { ...value, unfinished: true } }
}

/** The form that is keyed, and the way from one to the next. */
const useKeying = (place: PaperPlace, response: PaperResponse) => {
  const locale = useLocale()
  const keeper = useKeeper()
  const [methods, setMethods] = useState(usualMethods)
  const [draft, setDraft] = useState(() => freshForm('1'))
  const symptoms = response.symptoms.map(({ code }) => code)
  const { unread } = readDraft(draft, { methods, symptoms, day: place.day })
  const note = (each: FormDraft, by: Methods, isDone: boolean): void => {
    if (each.revision > 0 || isBegun(each))
      keeper.note(keepableOf(place, each, { methods: by, symptoms, isDone }))
  }
  const change = (part: Partial<FormDraft>): void => {
    const next = { ...draft, ...part }
    setDraft(next)
    note(next, methods, false)
  }
  const begin = (next: FormDraft): void => {
    keeper.begin(next.id, next.revision)
    setDraft(next)
  }
  return {
    draft,
    methods,
    unread,
    state: keeper.state,
    change,
    changeMethods: (by: Methods): void => {
      setMethods(by)
      note(draft, by, false)
    },
    addPerson: (): void => {
      change({ people: [...draft.people, emptyPerson(nextSeat(draft))] })
    },
    finish: (): void => {
      if (unread.length > 0 || !(isBegun(draft) || draft.revision > 0)) return
      note(draft, methods, true)
      void keeper.keepNow()
      setDraft(freshForm(draft.lane))
    },
    putAside: (): void => {
      void keeper.keepNow()
      begin(freshForm(draft.lane))
    },
    mend: ({ id, revision, form }: PaperFormView): void => {
      void keeper.keepNow()
      if (form === null) return
      begin(draftOf({ id, revision }, form, { symptoms, nameOf: (code) => placeName(code, locale) }))
    },
  }
}

const Keying = ({ place, answer, response }: Props & { readonly response: PaperResponse }) => {
  const keying = useKeying(place, response)
  const { draft, change } = keying
  return (
    <>
      <KeyCard
        draft={draft}
        methods={keying.methods}
        response={response}
        day={place.day}
        timeZone={answer.timeZone}
        unread={keying.unread}
        state={keying.state}
        onChange={change}
        onMethods={keying.changeMethods}
        onAddPerson={keying.addPerson}
        onRemovePerson={(seat) => change({ people: draft.people.filter((each) => each.seat !== seat) })}
        onFinish={keying.finish}
        onPutAside={keying.putAside}
      />
      <FormsCard
        jurisdiction={place.jurisdiction}
        forms={answer.forms}
        timeZone={answer.timeZone}
        openId={draft.id}
        onMend={keying.mend}
      />
    </>
  )
}

/** Keying the paper of one post and day. */
export const Desk = ({ place, answer }: Props) => {
  const { t } = useTranslation()
  if (answer.response !== null) return <Keying place={place} answer={answer} response={answer.response} />
  return (
    <>
      <EmptyState title={t('paper.noResponse')}>{t('paper.noResponseText')}</EmptyState>
      {answer.forms.length === 0 ? null : (
        <FormsCard
          jurisdiction={place.jurisdiction}
          forms={answer.forms}
          timeZone={answer.timeZone}
          openId={undefined}
          onMend={() => undefined}
        />
      )}
    </>
  )
}
