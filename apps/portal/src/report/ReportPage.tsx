import { useEffect } from 'react'
import { Frame } from '#src/Frame.tsx'
import { HelpForm } from '#src/report/HelpForm.tsx'
import { OwnDays, SeenBy } from '#src/report/OwnDays.tsx'
import { ReportForm } from '#src/report/ReportForm.tsx'
import { reportTextsOf } from '#src/report/texts.ts'
import { useOwn } from '#src/report/use-own.ts'
import { fill, type Language, textsOf } from '#src/texts/text.ts'
import { useLanguage } from '#src/use-language.ts'

const secretInAddress = (): string | undefined => /^#([A-Za-z0-9_-]{43})$/.exec(window.location.hash)?.[1]

/** What the page says of what was said on it: kept, arrived, or refused. */
const Sent = ({
  waiting,
  refusal,
  language,
}: {
  readonly waiting: number
  readonly refusal: { readonly zh: string; readonly en: string } | undefined
  readonly language: Language
}) => {
  const texts = reportTextsOf[language]
  return (
    <>
      <p role="status" className="sent" data-waiting={waiting > 0}>
        {waiting > 0 ? fill(texts.waiting, { count: waiting }) : texts.sentOnes}
      </p>
      {refusal === undefined ? null : (
        <p role="alert" className="refused">
          {refusal[language]}
        </p>
      )}
    </>
  )
}

const OwnPage = ({ secret, language }: { readonly secret: string; readonly language: Language }) => {
  const texts = reportTextsOf[language]
  const { state, waiting, refusal, say, retry } = useOwn(secret)
  if (state.is === 'reading') return <p aria-busy="true">{texts.loading}</p>
  if (state.is === 'over') return <p>{texts.over}</p>
  if (state.is === 'moved') return <p>{texts.moved}</p>
  if (state.is === 'replaced')
    return (
      <div role="alert">
        <p>{texts.replaced}</p>
        {waiting.length === 0 ? null : <p>{fill(texts.replacedWaiting, { count: waiting.length })}</p>}
      </div>
    )
  if (state.is === 'unknown') return <p role="alert">{texts.unknown}</p>
  if (state.is === 'unreachable')
    return (
      <div role="alert">
        <p>{texts.unreachable}</p>
        <button type="button" onClick={() => void retry()}>
          {textsOf[language].retry}
        </button>
      </div>
    )
  const { own, isFresh } = state
  const parts = { secret, own, language, onSaid: say }
  return (
    <>
      <p className="response">{own.responseName[language]}</p>
      {isFresh ? null : <p className="demo">{texts.stale}</p>}
      <OwnDays own={own} language={language} />
      <Sent waiting={waiting.length} refusal={refusal} language={language} />
      <ReportForm {...parts} />
      <HelpForm {...parts} />
      <SeenBy own={own} language={language} />
    </>
  )
}

/** The page that the link on a notice opens: no account, for as long as the quarantine lasts. */
export const ReportPage = () => {
  const [language, changeLanguage] = useLanguage((each) => reportTextsOf[each].title)
  const texts = reportTextsOf[language]
  const secret = secretInAddress()
  useEffect(() => {
    const open = () => window.location.reload()
    window.addEventListener('hashchange', open)
    return () => window.removeEventListener('hashchange', open)
  }, [])
  return (
    <Frame
      title={texts.title}
      language={language}
      onLanguage={changeLanguage}
      foot={
        <>
          {texts.foot} {texts.urgent}
        </>
      }
    >
      {secret === undefined ? <p>{texts.noLink}</p> : <OwnPage secret={secret} language={language} />}
    </Frame>
  )
}
