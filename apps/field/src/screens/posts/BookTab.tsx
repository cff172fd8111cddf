import type { BookEntry } from '@guankou/domain/posts/book.ts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoment } from '../format.ts'
import type { PostAtHand } from './use-post-desk.ts'

type Props = { readonly at: PostAtHand }

const Write = ({ at }: Props) => {
  const { t } = useTranslation()
  const id = useId()
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const write = async (): Promise<void> => {
    const made = await at.say({ is: 'book-written', text: text.trim(), open })
    if (made.is !== 'recorded') return
    setText('')
    setOpen(false)
  }
  return (
    <div className="form">
      <label className="field" htmlFor={id}>
        <span>{t('posts.book.write')}</span>
        <textarea
          id={id}
          rows={3}
          maxLength={500}
          value={text}
          onChange={(event) => setText(event.target.value.replaceAll('\n', ' '))}
        />
        <small>{t('posts.book.hint')}</small>
      </label>
      <label className="switch">
        <input type="checkbox" checked={open} onChange={(event) => setOpen(event.target.checked)} />
        <span>{t('posts.book.open')}</span>
      </label>
      <button
        type="button"
        className="button button-main"
        disabled={text.trim() === ''}
        onClick={() => void write()}
      >
        {t('posts.book.submit')}
      </button>
    </div>
  )
}

const Entry = ({ at, entry }: Props & { readonly entry: BookEntry }) => {
  const { t } = useTranslation()
  const { id, text, makerId, atMs, isOpen, settledAtMs, takenOverBy, takenOverAtMs } = entry
  return (
    <li className="row row-flat record">
      <div className="record-head">
        <b>{at.nameOf(makerId)}</b>
        <span className="quiet">{formatMoment(atMs)}</span>
      </div>
      <p>{text}</p>
      <p className="quiet">
        {isOpen ? <span className="mark mark-look">{t('posts.book.todo')}</span> : null}
        {settledAtMs === null ? null : <span className="mark mark-calm">{t('posts.book.settled')}</span>}{' '}
        {takenOverBy === null || takenOverAtMs === null
          ? t('posts.book.unread')
          : t('posts.book.taken', { name: at.nameOf(takenOverBy), time: formatMoment(takenOverAtMs) })}
      </p>
      <div className="button-row">
        {isOpen ? (
          <button
            type="button"
            className="button"
            onClick={() => void at.say({ is: 'book-settled', entryId: id })}
          >
            {t('posts.book.settle')}
          </button>
        ) : null}
        {makerId === at.accountId && takenOverAtMs === null ? (
          <button
            type="button"
            className="button button-quiet"
            onClick={() => void at.say({ is: 'withdrawn', factId: id })}
          >
            {t('posts.book.takeBack')}
          </button>
        ) : null}
      </div>
    </li>
  )
}

/** What one crew leaves for the next; the lead takes it over. */
export const BookTab = ({ at }: Props) => {
  const { t } = useTranslation()
  const { book } = at.running
  const unread = book
    .filter(({ takenOverAtMs, makerId }) => takenOverAtMs === null && makerId !== at.accountId)
    .map(({ id }) => id)
  return (
    <>
      {at.isLead && unread.length > 0 ? (
        <button
          type="button"
          className="button button-main"
          onClick={() => void at.say({ is: 'book-taken-over', entryIds: unread.slice(0, 200) })}
        >
          {t('posts.book.takeOver', { count: unread.length })}
        </button>
      ) : null}
      {book.length === 0 ? <p>{t('posts.book.none')}</p> : null}
      <ul className="rows">
        {book.map((entry) => (
          <Entry key={entry.id} at={at} entry={entry} />
        ))}
      </ul>
      <Write at={at} />
    </>
  )
}
