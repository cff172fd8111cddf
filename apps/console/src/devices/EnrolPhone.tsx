import {
  type EnrolmentCode,
  issueEnrolmentCode,
  showEnrolmentCode,
} from '@guankou/contract/access/enrolment.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Drawer, QRCode } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, orThrow } from '#src/api/client.ts'
import { placesQuery } from '#src/api/queries.ts'
import { areasOf } from '#src/layout/areas.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useNow } from '#src/layout/use-now.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'

/** What the camera of the phone opens; the code stands behind `#`, so that it reaches no log on the way. */
const linkOf = (code: string): string => `${window.location.origin}/field/#enrol=${code}`

const qrPixels = 232

type FormProps = { readonly onMade: (code: EnrolmentCode) => void }

const EnrolForm = ({ onMade }: FormProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const failureText = useFailureText()
  const id = useId()
  const { areaCode } = useSession()
  const areas = areasOf(useQuery(placesQuery).data?.jurisdictions ?? [], areaCode)
  const [area, setArea] = useState(areaCode)
  const [label, setLabel] = useState('')
  const issue = useMutation({
    mutationFn: async () =>
      orThrow(await client.call(issueEnrolmentCode, { body: { area, label: label.trim() } })),
    onSuccess: onMade,
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    issue.mutate()
  }
  return (
    <form className="phone-form" onSubmit={submit}>
      <p className="muted">{t('phones.enrolLead')}</p>
      <label htmlFor={`${id}-label`}>{t('phones.label')}</label>
      <input
        id={`${id}-label`}
        required
        maxLength={80}
        pattern=".*\S.*"
        value={label}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <small id={`${id}-hint`} className="muted">
        {t('phones.labelHint')}
      </small>
      <label htmlFor={`${id}-area`}>{t('phones.area')}</label>
      <select id={`${id}-area`} value={area} onChange={(event) => setArea(Number(event.currentTarget.value))}>
        {areas.map((each) => (
          <option key={each.code} value={each.code}>
            {inLocale(each.name, locale)} {each.code}
          </option>
        ))}
      </select>
      <button type="submit" className="quiet-button" disabled={issue.isPending}>
        {t('phones.make')}
      </button>
      <p role="alert">{issue.isError ? failureText(issue.error).text : null}</p>
    </form>
  )
}

type CodeProps = {
  readonly made: EnrolmentCode
  readonly timeZone: string
  readonly onAnother: () => void
}

const Code = ({ made, timeZone, onAnother }: CodeProps) => {
  const { t } = useTranslation()
  const isOver = useNow(1_000) >= Date.parse(made.expiresAt)
  return (
    <div className="phone-code">
      <h3>{t('phones.codeFor', { label: made.label })}</h3>
      {isOver ? (
        <p role="alert">{t('phones.spent')}</p>
      ) : (
        <>
          <figure aria-label={t('phones.qr')}>
            <span aria-hidden="true">
              <QRCode
                type="svg"
                color="#000"
                bgColor="#fff"
                value={linkOf(made.code)}
                size={qrPixels}
                errorLevel="M"
              />
            </span>
          </figure>
          <p>
            <output className="phone-code-typed" aria-label={t('phones.code')}>
              {showEnrolmentCode(made.code)}
            </output>
          </p>
          <p>{t('phones.address', { address: `${window.location.origin}/field/enrol` })}</p>
          <p className="muted">{t('phones.until', { time: formatInstant(made.expiresAt, timeZone) })}</p>
        </>
      )}
      <button type="button" className="quiet-button" onClick={onAnother}>
        {t('phones.another')}
      </button>
    </div>
  )
}

/** Makes an enrolment code and shows it, to be scanned and to be typed. */
export const EnrolPhone = ({
  timeZone,
  onClose,
}: {
  readonly timeZone: string
  readonly onClose: () => void
}) => {
  const { t } = useTranslation()
  const [made, setMade] = useState<EnrolmentCode>()
  return (
    <Drawer
      open
      size={440}
      mask={false}
      onClose={onClose}
      title={t('phones.enrolTitle')}
      closable={{ 'aria-label': t('phones.close') }}
    >
      {made === undefined ? (
        <EnrolForm onMade={setMade} />
      ) : (
        <Code made={made} timeZone={timeZone} onAnother={() => setMade(undefined)} />
      )}
    </Drawer>
  )
}
