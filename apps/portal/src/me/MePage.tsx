import { closeOwnPage, readOwnPage } from '@guankou/contract/subject-access/endpoints.ts'
import type { PersonPage } from '@guankou/contract/subject-access/person-page.ts'
import { PersonPageView } from '@guankou/ui/person-page/PersonPageView.tsx'
import { useCallback, useEffect, useState } from 'react'
import { Frame } from '#src/Frame.tsx'
import { AskForm } from '#src/me/AskForm.tsx'
import { client, heldPass, type Pass, refusalText } from '#src/me/me-client.ts'
import { OpenForm } from '#src/me/OpenForm.tsx'
import { meTextsOf } from '#src/me/texts.ts'
import { fill, type Language, textsOf } from '#src/texts/text.ts'
import { useLanguage } from '#src/use-language.ts'

/** Minutes until a page closes, counted while it is looked at. */
const useMinutesLeft = (closesAtMs: number, onClosed: () => void): number => {
  const [nowMs, setNowMs] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 5_000)
    return () => clearInterval(timer)
  }, [])
  const left = closesAtMs - nowMs
  useEffect(() => {
    if (left <= 0) onClosed()
  }, [left, onClosed])
  return Math.max(0, Math.ceil(left / 60_000))
}

type Reading =
  | { readonly is: 'waiting' }
  | { readonly is: 'failed'; readonly text: string }
  | { readonly is: 'read'; readonly page: PersonPage }

const usePage = (pass: string, language: Language, onEnded: () => void) => {
  const [reading, setReading] = useState<Reading>({ is: 'waiting' })
  const read = useCallback(async () => {
    const answer = await client.call(readOwnPage, { body: { pass } })
    if (answer.is === 'ok') return setReading({ is: 'read', page: answer.value })
    if (answer.is === 'refused' && answer.error.code === 'SUBJECT_PAGE_ENDED') return onEnded()
    const text = refusalText(answer, language)?.text ?? meTextsOf[language].unreachable
    setReading({ is: 'failed', text })
  }, [pass, language, onEnded])
  useEffect(() => void read(), [read])
  return { reading, read }
}

const OpenPage = ({
  held,
  language,
  onEnded,
}: {
  readonly held: Pass
  readonly language: Language
  readonly onEnded: () => void
}) => {
  const texts = meTextsOf[language]
  const minutes = useMinutesLeft(held.closesAtMs, onEnded)
  const { reading, read } = usePage(held.pass, language, onEnded)
  const close = async (): Promise<void> => {
    onEnded()
    await client.call(closeOwnPage, { body: { pass: held.pass } })
  }
  return (
    <>
      <p className="closing">
        <span>{fill(texts.closesIn, { minutes })}</span>
        <button type="button" onClick={() => void close()}>
          {texts.close}
        </button>
      </p>
      {reading.is === 'waiting' ? <p aria-busy="true">{texts.loading}</p> : null}
      {reading.is === 'failed' ? (
        <div role="alert">
          <p>{reading.text}</p>
          <button type="button" onClick={() => void read()}>
            {textsOf[language].retry}
          </button>
        </div>
      ) : null}
      {reading.is === 'read' ? (
        <>
          <PersonPageView page={reading.page} locale={language} covered />
          <AskForm
            language={language}
            pass={held.pass}
            answerDays={reading.page.answerDays}
            onAsked={() => void read()}
          />
        </>
      ) : null}
    </>
  )
}

/** The person's own page: known by a slip and four characters, open for a quarter of an hour. */
export const MePage = () => {
  const [language, changeLanguage] = useLanguage((each) => meTextsOf[each].title)
  const [held, setHeld] = useState(() => heldPass.read(Date.now()))
  const [ended, setEnded] = useState(false)
  const texts = meTextsOf[language]
  const end = useCallback(() => {
    heldPass.drop()
    setHeld(undefined)
    setEnded(true)
  }, [])
  const open = (pass: string): void => {
    setEnded(false)
    setHeld(heldPass.keep(pass, Date.now()))
  }
  return (
    <Frame
      title={texts.title}
      language={language}
      onLanguage={changeLanguage}
      foot={
        <>
          {texts.foot} <a href={`/portal/?lang=${language}`}>{texts.notice}</a>
        </>
      }
    >
      <p role="status">{ended ? texts.ended : ''}</p>
      {held === undefined ? (
        <OpenForm language={language} onOpened={open} />
      ) : (
        <OpenPage held={held} language={language} onEnded={end} />
      )}
    </Frame>
  )
}
