import { mostDeclaredPeople } from '@guankou/contract/declarations/declaration.ts'
import {
  type DeclarableResponse,
  type DeclarationForm,
  signDeclaration,
} from '@guankou/contract/declarations/endpoints.ts'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { AsideCard } from '#src/declare/AsideCard.tsx'
import { ConveyanceFields } from '#src/declare/ConveyanceFields.tsx'
import {
  answersOf,
  declarationOf,
  type FormDraft,
  isScheduled,
  missingOf,
  withAnotherPerson,
  withPerson,
} from '#src/declare/form-draft.ts'
import { readForm } from '#src/declare/form-store.ts'
import { useOpensOffline } from '#src/declare/open-offline.ts'
import { type PersonContext, PersonFields } from '#src/declare/PersonFields.tsx'
import { type DeclareTexts, declareTextsOf } from '#src/declare/texts.ts'
import { useDraft } from '#src/declare/use-draft.ts'
import { Frame } from '#src/Frame.tsx'
import { client, refusalText } from '#src/me/me-client.ts'
import { fill, type Language, textsOf } from '#src/texts/text.ts'
import { useLanguage } from '#src/use-language.ts'

/** Comes with the first code; the browser keeps it from then on. */
const CodeCard = lazy(async () => ({ default: (await import('#src/declare/CodeCard.tsx')).CodeCard }))

type Signing =
  | { readonly is: 'idle' | 'signing' | 'signed' }
  | { readonly is: 'refused'; readonly text: string; readonly isUsed: boolean }

const useSigning = (language: Language, form: DeclarationForm, keep: (draft: FormDraft) => void) => {
  const texts = declareTextsOf[language]
  const [state, setState] = useState<Signing>({ is: 'idle' })
  const sign = async (draft: FormDraft): Promise<void> => {
    const [response] = form.responses
    if (response === undefined) return
    setState({ is: 'signing' })
    const answer = await client.call(signDeclaration, { body: declarationOf(draft, response) })
    if (answer.is === 'ok') {
      setState({ is: 'signed' })
      keep({ ...draft, signed: { ...answer.value, of: answersOf(draft) } })
      return
    }
    const told = refusalText(answer, language)
    const wait = told?.waitMinutes === undefined ? '' : ` ${fill(texts.wait, { minutes: told.waitMinutes })}`
    const isUsed = answer.is === 'refused' && answer.error.code === 'DECLARATION_USED'
    setState({ is: 'refused', text: told === undefined ? texts.offline : told.text + wait, isUsed })
  }
  return { state, sign }
}

type FormProps = { readonly form: DeclarationForm; readonly language: Language }

/** The draft with what can be done to it, and what stands in the way. */
const useFilling = ({ form, language }: FormProps) => {
  const drafts = useDraft()
  const { draft, keep } = drafts
  const [isChecked, setIsChecked] = useState(false)
  const [isForgotten, setIsForgotten] = useState(false)
  const { state, sign } = useSigning(language, form, keep)
  const missing = missingOf(draft)
  const submit = (): void => {
    setIsChecked(true)
    setIsForgotten(false)
    if (missing.length === 0) void sign(draft)
    // Whoever is sent back should not have to look for what is missing.
    else setTimeout(() => document.querySelector('.wrong')?.scrollIntoView({ block: 'center' }), 0)
  }
  const startAnew = (): void => {
    drafts.forget()
    setIsChecked(false)
    setIsForgotten(true)
  }
  return { ...drafts, state, missing, isChecked, isForgotten, submit, startAnew }
}

type Filling = ReturnType<typeof useFilling>

const People = ({
  filling: { draft, keep },
  context,
}: {
  readonly filling: Filling
  readonly context: PersonContext
}) =>
  draft.people.map((person, at) => (
    <PersonFields
      key={`${draft.id} ${person.serial}`}
      {...{ person, context }}
      number={at + 1}
      onChange={(change) => keep(withPerson(draft, at, change))}
      onRemove={
        draft.people.length === 1
          ? undefined
          : () => keep({ ...draft, people: draft.people.filter((_, index) => index !== at) })
      }
    />
  ))

const Actions = ({ filling, texts }: { readonly filling: Filling; readonly texts: DeclareTexts }) => {
  const { draft, keep, state, isForgotten, submit, startAnew, startAnother, bringBack } = filling
  return (
    <div className="actions">
      {draft.people.length < mostDeclaredPeople ? (
        <>
          <button type="button" onClick={() => keep(withAnotherPerson(draft))}>
            {texts.addPerson}
          </button>
          <p className="hint">{texts.addPersonHint}</p>
        </>
      ) : (
        <p className="hint">{fill(texts.mostPeople, { most: mostDeclaredPeople })}</p>
      )}
      <button type="button" className="main" disabled={state.is === 'signing'} onClick={submit}>
        {state.is === 'signing' ? texts.signing : texts.sign}
      </button>
      <p role="alert" className="wrong-text">
        {state.is === 'refused' ? state.text : ''}
      </p>
      {startAnother === undefined ? null : (
        <button type="button" onClick={startAnother}>
          {texts.another}
        </button>
      )}
      <button type="button" onClick={startAnew}>
        {state.is === 'refused' && state.isUsed ? texts.startNew : texts.forget}
      </button>
      <p role="status">{isForgotten ? texts.forgotten : ''}</p>
      {bringBack === undefined ? null : (
        <button type="button" onClick={bringBack}>
          {texts.bringBack}
        </button>
      )}
    </div>
  )
}

const Lead = ({ isDemo, language }: { readonly isDemo: boolean; readonly language: Language }) => {
  const texts = declareTextsOf[language]
  return (
    <div className="lead">
      {isDemo ? <p className="demo">{textsOf[language].demo}</p> : null}
      <p>{texts.lead}</p>
      <p>{texts.voluntary}</p>
      <p className="promise">{texts.keeps}</p>
    </div>
  )
}

const Form = ({ form, language }: FormProps) => {
  const [response] = form.responses
  if (response !== undefined) return <Filled {...{ form, language, response }} />
  return (
    <>
      <Lead isDemo={form.demo} language={language} />
      <p>{declareTextsOf[language].none}</p>
    </>
  )
}

const Filled = ({ form, language, response }: FormProps & { readonly response: DeclarableResponse }) => {
  const texts = declareTextsOf[language]
  const filling = useFilling({ form, language })
  const opensOffline = useOpensOffline()
  const { draft, keep, missing, isChecked } = filling
  return (
    <>
      {draft.signed === null ? null : (
        <Suspense fallback={<p aria-busy="true">{texts.loading}</p>}>
          <CodeCard
            {...{ draft, texts }}
            city={form.city[language]}
            timeZone={form.timeZone}
            isNew={filling.state.is === 'signed'}
            opensOffline={opensOffline}
          />
        </Suspense>
      )}
      {/* Whoever stands at the post shows the code at once; what it is for was read at home. */}
      <Lead isDemo={form.demo} language={language} />
      {filling.aside.length === 0 ? null : (
        <AsideCard {...{ texts }} aside={filling.aside} timeZone={form.timeZone} onOpen={filling.open} />
      )}
      <ConveyanceFields
        {...{ draft, texts, language }}
        today={form.today}
        isMissing={isChecked && missing.some(({ is }) => is === 'plate')}
        isDayMissing={isChecked && missing.some(({ is }) => is === 'day')}
        onChange={(change) => keep({ ...draft, ...change })}
      />
      <People
        filling={filling}
        context={{
          response,
          today: form.today,
          texts,
          language,
          isChecked,
          isSeated: isScheduled(draft.kind),
        }}
      />
      <Actions filling={filling} texts={texts} />
    </>
  )
}

type Reading = DeclarationForm | 'waiting' | 'failed'

/** Everything a family or the people of a car say before they come. */
export const DeclarePage = () => {
  const [language, changeLanguage] = useLanguage((each) => declareTextsOf[each].title)
  const [reading, setReading] = useState<Reading>('waiting')
  const read = useCallback(() => {
    setReading('waiting')
    void readForm().then((form) => setReading(form ?? 'failed'))
  }, [])
  useEffect(read, [read])
  const texts = declareTextsOf[language]
  return (
    <Frame
      title={texts.title}
      language={language}
      onLanguage={changeLanguage}
      foot={
        <>
          {texts.foot} <a href={`/portal/?lang=${language}`}>{texts.notice}</a>{' '}
          <a href={`/portal/declare/paper?lang=${language}`}>{texts.paper}</a>{' '}
          <a href={`/portal/certificate?lang=${language}`}>{texts.certificate}</a>
        </>
      }
    >
      {typeof reading === 'string' ? <Lead isDemo={false} language={language} /> : null}
      {reading === 'waiting' ? <p aria-busy="true">{texts.loading}</p> : null}
      {reading === 'failed' ? (
        <div role="alert">
          <p>{texts.failed}</p>
          <button type="button" onClick={read}>
            {texts.retry}
          </button>
        </div>
      ) : null}
      {typeof reading === 'string' ? null : <Form form={reading} language={language} />}
    </Frame>
  )
}
