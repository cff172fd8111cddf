import type { DeclarableResponse, DeclarationForm } from '@guankou/contract/declarations/endpoints.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import { conveyanceKindNames } from '@guankou/contract/screening/names.ts'
import { conveyanceKinds } from '@guankou/contract/screening/vocabulary.ts'
import { type Question, questionsOf } from '@guankou/domain/declarations/questions.ts'
import { paperTexts } from '#src/paper/texts.ts'
import { fill } from '#src/texts/text.ts'

/** As many as fit a sheet with room to write. */
const seats = [1, 2, 3, 4] as const

/** One sentence in both languages, each marked as what it is. */
const Both = ({
  text,
  values = {},
}: {
  readonly text: Bilingual
  readonly values?: Record<string, string | number>
}) => (
  <>
    <span lang="zh-CN">{fill(text.zh, values)}</span>
    <span lang="en">{fill(text.en, values)}</span>
  </>
)

const Box = ({ text }: { readonly text: Bilingual }) => (
  <span className="box">
    <i aria-hidden="true">☐</i> {text.zh} {text.en}
  </span>
)

/** Room to answer, of the kind that the question asks for. */
const Room = ({ question }: { readonly question: Question }) => {
  switch (question.answer) {
    case 'yes-no':
      return (
        <>
          <Box text={paperTexts.yes} />
          <Box text={paperTexts.no} />
        </>
      )
    case 'some-of':
      return question.choices.map(({ code, name }) => <Box key={code} text={name} />)
    case 'stays':
      return [1, 2].map((line) => (
        <span key={line} className="room">
          <small>{`${paperTexts.place.zh} ${paperTexts.place.en} · ${paperTexts.left.zh} ${paperTexts.left.en}`}</small>
        </span>
      ))
    case 'document':
      return (
        <span className="room">
          <small>{`${paperTexts.kindAndNumber.zh} ${paperTexts.kindAndNumber.en}`}</small>
        </span>
      )
    case 'text':
    case 'place':
      return <span className="room" />
  }
}

const Line = ({ label }: { readonly label: Bilingual }) => (
  <p className="line">
    <Both text={label} />
    <span className="room" />
  </p>
)

const ofTheDay: Bilingual = { zh: '填表当天', en: 'the day of this form' }

/** The days of the window are counted back on paper, because nobody knows when a sheet will be filled in. */
const withoutDates = (question: Question, windowDays: number): Question =>
  question.id === 'stays'
    ? {
        ...question,
        text: {
          zh: `${ofTheDay.zh}往前 ${windowDays} 天内到过的其他地方`,
          en: `Other places where you were in the ${windowDays} days before ${ofTheDay.en}`,
        },
      }
    : question

const QuestionRows = ({ questions }: { readonly questions: readonly Question[] }) =>
  questions.map((question) => (
    <tr key={question.id} className={`ask-${question.answer}`}>
      <th scope="row">
        <Both text={question.text} />
      </th>
      {seats.map((number) => (
        <td key={number}>
          <Room question={question} />
        </td>
      ))}
    </tr>
  ))

/** Tickets of trains, ferries and flights name places; without one the row stays empty. */
const SeatRow = () => (
  <tr>
    <th scope="row">
      <Both text={paperTexts.seat} />
    </th>
    {seats.map((number) => (
      <td key={number}>
        <span className="room" />
      </td>
    ))}
  </tr>
)

const StaffRows = () => (
  <>
    <tr className="staff">
      <th scope="rowgroup" colSpan={seats.length + 1}>
        <Both text={paperTexts.staff} />
      </th>
    </tr>
    {[paperTexts.temperature, paperTexts.second].map((label) => (
      <tr key={label.en}>
        <th scope="row">
          <Both text={label} />
        </th>
        {seats.map((number) => (
          <td key={number}>
            <span className="room" />
          </td>
        ))}
      </tr>
    ))}
  </>
)

const Answers = ({ questions }: { readonly questions: readonly Question[] }) => (
  <table>
    <caption>
      <Both text={paperTexts.own} />
    </caption>
    <thead>
      <tr>
        <th scope="col">
          <Both text={paperTexts.question} />
        </th>
        {seats.map((number) => (
          <th key={number} scope="col">
            <Both text={paperTexts.person} values={{ number }} />
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      <SeatRow />
      <QuestionRows questions={questions} />
      <StaffRows />
    </tbody>
  </table>
)

/** One sheet, A4, from the same questions as the form on screen. */
export const PaperForm = ({
  form,
  response,
}: {
  readonly form: DeclarationForm
  readonly response: DeclarableResponse
}) => {
  const questions = questionsOf(response, form.today).map((each) =>
    withoutDates(each, response.exposureWindowDays),
  )
  return (
    <section className="sheet" aria-label={`${paperTexts.sheet.zh} ${paperTexts.sheet.en}`}>
      <header>
        <h2>
          {form.city.zh} {form.city.en} · {paperTexts.sheet.zh} {paperTexts.sheet.en}
        </h2>
        <p>
          <Both text={response.name} /> · {`${response.id} v${response.rulesVersion}`}
        </p>
      </header>
      <div className="lines">
        <Line label={paperTexts.number} />
        <Line label={paperTexts.filledOn} />
        <Line label={paperTexts.plate} />
        <Line label={paperTexts.run} />
      </div>
      <p className="kinds">
        <Both text={paperTexts.kind} />
        {conveyanceKinds.map((kind) => (
          <Box key={kind} text={conveyanceKindNames[kind]} />
        ))}
      </p>
      <Answers questions={questions} />
      <div className="lines">
        <Line label={paperTexts.post} />
        <Line label={paperTexts.inspector} />
      </div>
      <p className="small">
        <Both text={paperTexts.promise} />
      </p>
    </section>
  )
}
