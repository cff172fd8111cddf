import { documentKinds } from '@guankou/contract/screening/vocabulary.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CaptureResult, type DocumentField, fieldsToCompare } from '#src/capture/confirm.ts'
import type { DocumentRead } from '#src/capture/reading/reads.ts'
import { ChooseOne } from '#src/screens/chrome/ChoiceChips.tsx'
import { ConfirmButtons } from './ConfirmButtons.tsx'
import { Sure } from './Sure.tsx'

type Props = {
  readonly read: DocumentRead
  readonly onUse: (result: CaptureResult) => void
  readonly onAgain: () => void
}

const shownKinds = documentKinds.filter((kind) => kind !== 'none')

const Compared = ({
  field,
  isTicked,
  onTick,
}: {
  readonly field: DocumentField
  readonly isTicked: boolean
  readonly onTick: (ticked: boolean) => void
}) => {
  const { t } = useTranslation()
  return (
    <label className="switch">
      <input type="checkbox" checked={isTicked} onChange={(event) => onTick(event.target.checked)} />
      <span>{t('capture.compared', { field: t(`capture.${field}`) })}</span>
    </label>
  )
}

const NumberNotes = ({
  read,
  number,
  onChoose,
}: {
  readonly read: DocumentRead
  readonly number: string
  readonly onChoose: (number: string) => void
}) => {
  const { t } = useTranslation()
  const offered = read.repairs.filter((each) => each !== number)
  return (
    <>
      <Sure confidence={read.number.confidence} />
      <p className={read.check === 'fits' ? 'scan-sure' : 'scan-sure scan-unsure'}>
        {t(read.check === 'fits' ? 'capture.checkFits' : 'capture.checkFails')}
      </p>
      {offered.length === 0 ? null : (
        <fieldset className="choices">
          <legend>{t('capture.repairs')}</legend>
          <div className="button-row">
            {offered.map((each) => (
              <button key={each} type="button" className="button" onClick={() => onChoose(each)}>
                {each}
              </button>
            ))}
          </div>
        </fieldset>
      )}
    </>
  )
}

/** Issuer and end of a document, where its zone tells them, to be compared with what is printed above it. */
const ZoneNotes = ({ read }: Pick<Props, 'read'>) => {
  const { t } = useTranslation()
  if (read.from !== 'mrz') return null
  return (
    <p className="quiet">
      {read.issuer ? t('capture.issuer', { issuer: read.issuer }) : null}
      {read.expiresOn ? ` · ${t('capture.expires', { day: read.expiresOn })}` : null}
    </p>
  )
}

const useForm = (read: DocumentRead) => {
  const needed = fieldsToCompare(read)
  const [ticked, setTicked] = useState<ReadonlySet<DocumentField>>(new Set())
  const [kind, setKind] = useState(read.kind)
  const [number, setNumber] = useState(read.number.text)
  const [name, setName] = useState(read.name.text)
  const tick = (field: DocumentField) => (on: boolean) =>
    setTicked((before) => new Set([...before].filter((each) => each !== field).concat(on ? [field] : [])))
  const compare = (field: DocumentField) =>
    needed.includes(field) ? (
      <Compared field={field} isTicked={ticked.has(field)} onTick={tick(field)} />
    ) : null
  const blocked = number.trim() === '' || needed.some((field) => !ticked.has(field))
  return { needed, kind, setKind, number, setNumber, name, setName, compare, blocked }
}

const CompareNotice = ({ read, needed }: Pick<Props, 'read'> & { readonly needed: boolean }) => {
  const { t } = useTranslation()
  if (!needed) return null
  return (
    <p className="notice notice-look">
      {t(read.from === 'mrz' ? 'capture.compareAll' : 'capture.compareSome')}
    </p>
  )
}

const NameField = ({
  read,
  name,
  onChange,
}: Pick<Props, 'read'> & { readonly name: string; readonly onChange: (name: string) => void }) => {
  const { t } = useTranslation()
  return (
    <>
      <label className="field">
        <span>{t('capture.name')}</span>
        <input
          value={name}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      {read.name.text === '' ? (
        <p className="quiet">{t('capture.nameEmpty')}</p>
      ) : (
        <Sure confidence={read.name.confidence} />
      )}
    </>
  )
}

/** What was read, each field to be mended by hand, with a tick where somebody must have compared it. */
export const ConfirmDocument = ({ read, onUse, onAgain }: Props) => {
  const { t } = useTranslation()
  const { needed, kind, setKind, number, setNumber, name, setName, compare, blocked } = useForm(read)
  const result = { is: 'document', kind, number: number.trim(), name: name.trim() } as const
  return (
    <div className="scan-found">
      <CompareNotice read={read} needed={needed.length > 0} />
      <NameField read={read} name={name} onChange={setName} />
      {compare('name')}
      <label className="field">
        <span>{t('capture.number')}</span>
        <input
          className="scan-number"
          value={number}
          maxLength={32}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          onChange={(event) => setNumber(event.target.value.toUpperCase())}
        />
      </label>
      <NumberNotes read={read} number={number} onChoose={setNumber} />
      {compare('number')}
      <ChooseOne
        legend={t('capture.kind')}
        chosen={kind}
        onChoose={setKind}
        choices={shownKinds.map((value) => ({ value, label: t(`document.${value}`) }))}
      />
      <ZoneNotes read={read} />
      {compare('kind')}
      <ConfirmButtons blocked={blocked} onUse={() => onUse(result)} onAgain={onAgain} />
    </div>
  )
}
