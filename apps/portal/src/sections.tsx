import { postTypeNames } from '@guankou/contract/places/place.ts'
import type { PublicNotice } from '@guankou/contract/responses/endpoints.ts'
import { renewalGroundNames } from '@guankou/contract/retention/renewal.ts'
import { roleNames } from '@guankou/contract/roles.ts'
import { type Disposition, dispositionNames } from '@guankou/contract/screening/dispositions.ts'
import { formatNumber, formatQuantity } from '@guankou/ui/format/quantity.ts'
import { formatDayLong } from '@guankou/ui/format/time.ts'
import type { ReactNode } from 'react'
import { fill, type Language, textsOf } from '#src/texts/text.ts'

type Response = PublicNotice['responses'][number]
type Posts = PublicNotice['posts']

const isDisposition = (word: string): word is Disposition => word in dispositionNames

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section>
    <h2>{title}</h2>
    {children}
  </section>
)

/** Each question with its reason. */
export const Asked = ({
  response,
  language,
}: {
  readonly response: Response
  readonly language: Language
}) => {
  const { askedTitle, asked, noPhone } = textsOf[language]
  const list = new Intl.ListFormat(language === 'zh' ? 'zh-CN' : 'en-GB')
  const values = {
    days: response.exposureWindowDays,
    threshold: formatQuantity(language, response.feverThresholdCelsius, 'celsius', 1),
    symptoms: list.format(response.symptoms.map((symptom) => symptom[language])),
  }
  const questions = Object.entries(asked).filter(
    ([name]) => name !== 'symptoms' || response.symptoms.length > 0,
  )
  return (
    <Section title={askedTitle}>
      <dl>
        {questions.map(([name, { what, why }]) => (
          <div key={name}>
            <dt>{fill(what, values)}</dt>
            <dd>{fill(why, values)}</dd>
          </div>
        ))}
      </dl>
      <p className="promise">{noPhone}</p>
    </Section>
  )
}

/** The rules as they are in force. */
export const Rules = ({
  response,
  language,
}: {
  readonly response: Response
  readonly language: Language
}) => {
  const texts = textsOf[language]
  if (response.rules.length === 0) return null
  return (
    <Section title={texts.rulesTitle}>
      <p>{texts.rulesLead}</p>
      <div className="wide">
        <table>
          <caption>{fill(texts.version, { version: response.rulesVersion })}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.ruleReason}</th>
              <th scope="col">{texts.ruleOutcome}</th>
              <th scope="col">{texts.ruleId}</th>
            </tr>
          </thead>
          <tbody>
            {response.rules.map((rule) => (
              <tr key={rule.id}>
                <td>{rule.reason[language]}</td>
                <td>
                  {isDisposition(rule.disposition)
                    ? dispositionNames[rule.disposition][language]
                    : rule.disposition}
                </td>
                <td>{rule.id}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

/** Until when, and what is done with it. */
export const Promises = ({
  response,
  language,
}: {
  readonly response: Response
  readonly language: Language
}) => {
  const texts = textsOf[language]
  return (
    <>
      <Section title={texts.untilTitle}>
        <p>
          {fill(texts.until, {
            from: formatDayLong(language, response.collectionFrom),
            until: formatDayLong(language, response.collectionUntil),
          })}
        </p>
        {response.renewal === undefined ? null : (
          <p>
            {fill(texts.renewed, {
              day: formatDayLong(language, response.renewal.renewedAt.slice(0, 10)),
              name: response.renewal.by[language],
              role: roleNames[response.renewal.role][language],
              ground: renewalGroundNames[response.renewal.ground][language],
            })}
          </p>
        )}
      </Section>
      <Section title={texts.dataTitle}>
        <ul className="promises">
          {Object.entries(texts.data).map(([name, promise]) => (
            <li key={name}>{promise}</li>
          ))}
        </ul>
      </Section>
    </>
  )
}

/** What everyone may see, ask for and demand, with the way to it. */
export const Rights = ({ language }: { readonly language: Language }) => {
  const texts = textsOf[language]
  return (
    <Section title={texts.rightsTitle}>
      <ul className="promises">
        {Object.entries(texts.rights).map(([name, right]) => (
          <li key={name}>{right}</li>
        ))}
      </ul>
      <p>
        <a href={`/portal/me?lang=${language}`}>{texts.rightsLink}</a>{' '}
        <span className="on-paper">{`${window.location.host}/portal/me`}</span>
      </p>
      <p>
        <a href={`/portal/released?lang=${language}`}>{texts.releasedLink}</a>{' '}
        <span className="on-paper">{`${window.location.host}/portal/released`}</span>
      </p>
    </Section>
  )
}

/** Every post with its type; which of them are made up is said. */
export const Posts = ({ posts, language }: { readonly posts: Posts; readonly language: Language }) => {
  const texts = textsOf[language]
  if (posts.length === 0) return null
  return (
    <Section title={texts.postsTitle}>
      {posts.some((post) => post.illustrative) ? <p>{texts.illustrativeNote}</p> : null}
      <div className="wide">
        <table>
          <caption>{fill(texts.postsCount, { count: formatNumber(language, posts.length) })}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.postName}</th>
              <th scope="col">{texts.postType}</th>
              <th scope="col" className="number">
                {texts.postLanes}
              </th>
            </tr>
          </thead>
          <tbody>
            {posts.map((post) => (
              <tr key={post.id}>
                <th scope="row">
                  {post.name[language]}
                  {post.illustrative ? <small> {texts.illustrative}</small> : null}
                </th>
                <td>{postTypeNames[post.type][language]}</td>
                <td className="number">{formatNumber(language, post.lanes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
