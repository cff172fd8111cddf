import { errors } from '@guankou/contract/errors.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import type { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import type { PackContent } from '@guankou/contract/sync/pack.ts'
import { Link, Navigate, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { type CorrectionMade, readRefused, recordCorrection } from '#src/runtime/record-correction.ts'
import { useStore } from '#src/runtime/store.ts'
import { PageHead } from '#src/screens/chrome/PageHead.tsx'
import { formatMoment } from '#src/screens/format.ts'
import { PackGate } from '#src/screens/PackGate.tsx'
import { usePack } from '#src/screens/use-pack.ts'

/** The refused record: undefined while it is read, null where this phone cannot read it any more. */
const useRefused = (id: string): RecordScreening | null | undefined => {
  const { runtime } = useField()
  const [refused, setRefused] = useState<RecordScreening | null>()
  useEffect(() => {
    let current = true
    void readRefused(runtime, id).then((found) => current && setRefused(found ?? null))
    return () => {
      current = false
    }
  }, [runtime, id])
  return refused
}

type Where = { readonly post: Post; readonly lane: number }

/** Where it was recorded, if the pack knows that post and lane, or else where the phone is now. */
const placeOf = (content: PackContent, refused: RecordScreening, now: Where): Where => {
  const post = content.posts.find(({ id }) => id === refused.postId)
  const isThere = post?.jurisdiction === refused.jurisdiction && refused.lane <= (post?.lanes ?? 0)
  return post !== undefined && isThere ? { post, lane: refused.lane } : now
}

const Done = () => {
  const { t } = useTranslation()
  return (
    <section role="status">
      <h2>{t('correct.done')}</h2>
      <p>{t('correct.doneText')}</p>
      <Link to="/records" className="button">
        {t('records.title')}
      </Link>
    </section>
  )
}

const Form = ({
  refused,
  content,
  now,
}: {
  readonly refused: RecordScreening
  readonly content: PackContent
  readonly now: Where
}) => {
  const { t } = useTranslation()
  const { runtime, settings } = useField()
  const { locale } = useStore(settings)
  const [plate, setPlate] = useState(refused.conveyance.plate ?? '')
  const [made, setMade] = useState<CorrectionMade>()
  const where = placeOf(content, refused, now)
  if (made?.is === 'recorded') return <Done />
  const send = (): void =>
    void recordCorrection(runtime, refused, { content, plate: plate.trim(), ...where }).then(setMade)
  return (
    <>
      <p>{t('correct.of', { time: formatMoment(refused.occurredAt), count: refused.travellers.length })}</p>
      <label className="field">
        <span>{t('correct.plate')}</span>
        <input
          value={plate}
          maxLength={16}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setPlate(event.target.value)}
        />
      </label>
      <p>
        <b>{t('correct.place')}</b>{' '}
        {t('correct.placeText', { post: where.post.name[locale], lane: where.lane })}
      </p>
      <p className="quiet">{t('correct.also')}</p>
      <div role="alert">
        {made?.is === 'refused' ? <p className="wrong">{errors[made.code].text[locale]}</p> : null}
        {made?.is === 'storage-full' ? <p className="wrong">{t('correct.full')}</p> : null}
      </div>
      <button type="button" className="button button-main" onClick={send}>
        {t('correct.submit')}
      </button>
    </>
  )
}

/** Puts a record right that the server refused, and sends it as a new one that names it. */
export const CorrectScreen = () => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const profile = useStore(runtime.profile)
  const place = useStore(runtime.place)
  const { held } = usePack()
  const refused = useRefused(id)
  if (profile === undefined) return <Navigate to="/sign-in" />
  if (held === undefined) return <PackGate />
  const post = held.content.posts.find((each) => each.id === place?.postId)
  if (post === undefined || place === undefined) return <Navigate to="/place" />
  return (
    <>
      <PageHead title={t('correct.title')} />
      <main className="page" id="content">
        <p className="quiet">{t('correct.lead')}</p>
        {refused === null ? <p className="wrong">{t('correct.gone')}</p> : null}
        {refused === null || refused === undefined ? null : (
          <Form refused={refused} content={held.content} now={{ post, lane: place.lane }} />
        )}
      </main>
    </>
  )
}
