import { actOnQuarantine } from '@guankou/contract/quarantine/endpoints.ts'
import type { QuarantineFile } from '@guankou/contract/quarantine/views.ts'
import {
  contactResultNames,
  contactWayNames,
  extensionReasonNames,
  helpKindNames,
  helpResultNames,
  leaveReasonNames,
  releaseReasonNames,
} from '@guankou/contract/quarantine/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOpenTo } from '#src/layout/pages.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { type ActFields, type ActKind, actsFor, commandOfAct, emptyFields } from '#src/quarantine/acts.ts'
import { Choice, Text, Ticks } from '#src/quarantine/fields.tsx'
import { useAct } from '#src/quarantine/queries.ts'
import { useOneCommand } from '#src/quarantine/use-one-command.ts'

type Names = Readonly<Record<string, { readonly zh: string; readonly en: string }>>
const choicesOf = (names: Names, locale: Locale) =>
  Object.entries(names).map(([value, name]) => ({ value, label: inLocale(name, locale) }))

type FieldsProps = {
  readonly file: QuarantineFile
  readonly fields: ActFields
  readonly change: (part: Partial<ActFields>) => void
}

const ContactFields = ({ file, fields, change }: FieldsProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <>
      <Choice
        label={t('quarantine.way')}
        value={fields.way}
        choices={choicesOf(contactWayNames, locale)}
        onChange={(way) => change({ way })}
      />
      <Choice
        label={t('quarantine.result')}
        value={fields.result}
        choices={choicesOf(contactResultNames, locale)}
        onChange={(result) => change({ result })}
      />
      {fields.result !== 'reached' ? null : (
        <>
          {file.feverCelsius === null ? null : (
            <Text
              label={t('quarantine.celsius')}
              value={fields.celsius}
              most={5}
              onChange={(celsius) => change({ celsius })}
            />
          )}
          <Ticks
            label={t('quarantine.signs')}
            choices={file.signs.map(({ code, name }) => ({ value: code, label: inLocale(name, locale) }))}
            chosen={fields.signs}
            onChange={(signs) => change({ signs })}
          />
        </>
      )}
    </>
  )
}

const reasonNames: Readonly<Partial<Record<ActKind, Names>>> = {
  leave: leaveReasonNames,
  extend: extensionReasonNames,
  release: releaseReasonNames,
}

const ReasonField = ({ kind, fields, change }: FieldsProps & { readonly kind: ActKind }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const names = reasonNames[kind]
  if (names === undefined) return null
  return (
    <Choice
      label={t('quarantine.why')}
      value={fields.reason}
      choices={[{ value: '', label: t('quarantine.choose') }, ...choicesOf(names, locale)]}
      onChange={(reason) => change({ reason })}
    />
  )
}

/** Districts of the city, and a code for any other city. */
const TransferFields = ({ file, fields, change }: FieldsProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <>
      <Choice
        label={t('quarantine.toDistrict')}
        value={fields.toArea}
        choices={[
          { value: '', label: t('quarantine.choose') },
          ...file.handOnTo.map(({ code, name }) => ({ value: String(code), label: inLocale(name, locale) })),
        ]}
        onChange={(toArea) => change({ toArea })}
      />
      <Text
        label={t('quarantine.toCity')}
        hint={t('quarantine.toCityHint')}
        value={fields.toArea}
        most={6}
        onChange={(toArea) => change({ toArea: toArea.replace(/\D/g, '') })}
      />
    </>
  )
}

const HelpFields = ({ kind, file, fields, change }: FieldsProps & { readonly kind: ActKind }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  if (kind === 'ask-help')
    return (
      <Choice
        label={t('quarantine.help')}
        value={fields.help}
        choices={choicesOf(helpKindNames, locale)}
        onChange={(help) => change({ help })}
      />
    )
  return (
    <>
      <Choice
        label={t('quarantine.help')}
        value={fields.helpId}
        choices={file.line.openHelp.map(({ id, help }) => ({
          value: id,
          label: inLocale(helpKindNames[help], locale),
        }))}
        onChange={(helpId) => change({ helpId })}
      />
      <Choice
        label={t('quarantine.result')}
        value={fields.helpResult}
        choices={choicesOf(helpResultNames, locale)}
        onChange={(helpResult) => change({ helpResult })}
      />
    </>
  )
}

const KindFields = ({ kind, ...props }: FieldsProps & { readonly kind: ActKind }) => {
  const { t } = useTranslation()
  return (
    <>
      {kind === 'contact' ? <ContactFields {...props} /> : null}
      {kind === 'transfer' ? <TransferFields {...props} /> : null}
      {kind === 'ask-help' || kind === 'close-help' ? <HelpFields kind={kind} {...props} /> : null}
      {kind === 'extend' ? (
        <Text
          label={t('quarantine.newLastDay')}
          type="date"
          value={props.fields.lastDay}
          onChange={(lastDay) => props.change({ lastDay })}
        />
      ) : null}
      {kind === 'withdraw' ? (
        <label className="sure">
          <input type="checkbox" required />
          {t('quarantine.withdrawSure')}
        </label>
      ) : null}
      <ReasonField kind={kind} {...props} />
      <Text
        label={t('quarantine.note')}
        hint={t('quarantine.noteHint')}
        value={props.fields.note}
        most={500}
        onChange={(note) => props.change({ note })}
      />
    </>
  )
}

const useActing = (file: QuarantineFile, acts: readonly ActKind[]) => {
  const act = useAct()
  const one = useOneCommand()
  const [asked, setKind] = useState<ActKind>()
  const [fields, setFields] = useState(() => emptyFields(file))
  const kind = acts.find((each) => each === asked) ?? acts[0]
  const send = (event: FormEvent): void => {
    event.preventDefault()
    if (kind === undefined) return
    const { id: quarantineId, jurisdiction } = file.line
    const about = { ...one.name({ kind, fields }), jurisdiction, quarantineId }
    act.mutate(commandOfAct(kind, fields, about), {
      onSuccess: () => {
        one.settle()
        setFields(emptyFields(file))
      },
      onError: one.settle,
    })
  }
  const change = (part: Partial<ActFields>): void => setFields((now) => ({ ...now, ...part }))
  return { act, kind, setKind, fields, change, send }
}

/** What can be done in an episode where it stands. */
export const ActForm = ({ file }: { readonly file: QuarantineFile }) => {
  const { t } = useTranslation()
  const { role } = useSession()
  const failureText = useFailureText()
  const acts = actsFor(file, role)
  const { act, kind, setKind, fields, change, send } = useActing(file, acts)
  if (!isOpenTo(role, actOnQuarantine)) return null
  return (
    <Card title={t('quarantine.act')} className="not-printed">
      {kind === undefined ? (
        <p className="muted">{t('quarantine.nothingToDo')}</p>
      ) : (
        <form className="identity-form" onSubmit={send}>
          <Choice
            label={t('quarantine.what')}
            value={kind}
            choices={acts.map((value) => ({ value, label: t(`quarantine.acts.${value}`) }))}
            onChange={setKind}
          />
          <KindFields kind={kind} file={file} fields={fields} change={change} />
          <div className="plain-buttons">
            <button type="submit" className="primary-button" disabled={act.isPending}>
              {act.isPending ? t('quarantine.sending') : t('quarantine.record')}
            </button>
          </div>
          <p className="field-error" role="alert">
            {act.isError ? failureText(act.error).text : null}
          </p>
        </form>
      )}
    </Card>
  )
}
