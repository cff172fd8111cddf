import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import type { WorklistLine } from '@guankou/contract/worklists/endpoints.ts'
import {
  type BroughtKind,
  broughtKinds,
  mostFileBytes,
  worklistKindNames,
} from '@guankou/contract/worklists/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { ColumnsForm } from '#src/worklists/ColumnsForm.tsx'
import { type Brought, useBring } from '#src/worklists/queries.ts'

type Props = {
  readonly areas: readonly Jurisdiction[]
  /** The list whose rejected rows were put right, where it is not a new one. */
  readonly mends: WorklistLine | undefined
  /** A file that is there already, whose columns nobody has confirmed. */
  readonly waiting?: Brought | undefined
  readonly onDone: () => void
}

/** Also those that cannot be read: what to do with them is told once they are chosen. */
const offeredFiles = '.xlsx,.xlsm,.csv,.tsv,.txt,.xls,.xlsb,.et,.ods'

/** Without its ending; a title has two letters at least. */
const titleOf = (name: string): string =>
  name
    .replace(/\.[A-Za-z]{1,5}$/, '')
    .slice(0, 60)
    .padEnd(2, '-')

type About = {
  readonly kind: BroughtKind
  readonly jurisdiction: number
  readonly title: string
}

type AboutProps = {
  readonly id: string
  readonly areas: readonly Jurisdiction[]
  readonly about: About
  readonly onChange: (about: About) => void
}

/** What a new list is, where it belongs, and what it is called. */
const AboutFields = ({ id, areas, about, onChange }: AboutProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <>
      <label htmlFor={`${id}-kind`}>{t('worklists.kind')}</label>
      <select
        id={`${id}-kind`}
        value={about.kind}
        onChange={({ currentTarget }) =>
          onChange({
            ...about,
            kind: broughtKinds.find((each) => each === currentTarget.value) ?? about.kind,
          })
        }
      >
        {broughtKinds.map((each) => (
          <option key={each} value={each}>
            {inLocale(worklistKindNames[each], locale)}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-area`}>{t('worklists.area')}</label>
      <select
        id={`${id}-area`}
        value={about.jurisdiction}
        onChange={({ currentTarget }) => onChange({ ...about, jurisdiction: Number(currentTarget.value) })}
      >
        {areas.map(({ code, name }) => (
          <option key={code} value={code}>
            {inLocale(name, locale)}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-title`}>{t('worklists.listTitle')}</label>
      <input
        id={`${id}-title`}
        value={about.title}
        maxLength={60}
        onChange={({ currentTarget }) => onChange({ ...about, title: currentTarget.value })}
      />
    </>
  )
}

type SendProps = Pick<Props, 'areas' | 'mends'> & { readonly onBrought: (brought: Brought) => void }

/** Why a file is not sent at all. */
const faultOf = ({ size }: File): 'worklists.fileEmpty' | 'worklists.fileTooBig' | undefined => {
  if (size === 0) return 'worklists.fileEmpty'
  return size > mostFileBytes ? 'worklists.fileTooBig' : undefined
}

const SendForm = ({ areas, mends, onBrought }: SendProps) => {
  const { t } = useTranslation()
  const id = useId()
  const failureText = useFailureText()
  const bring = useBring()
  const [share, setShare] = useState<number>()
  const [wrong, setWrong] = useState<ReturnType<typeof faultOf>>()
  const [about, setAbout] = useState<About>({
    kind: 'hotel-guests',
    jurisdiction: areas[0]?.code ?? 0,
    title: '',
  })
  const send = (file: File): void => {
    bring.reset()
    setWrong(faultOf(file))
    if (faultOf(file) !== undefined) return
    const title = about.title.trim().length > 1 ? about.title : titleOf(file.name)
    const { jurisdiction } = mends ?? about
    const kind = broughtKinds.find((each) => each === mends?.kind) ?? about.kind
    const which =
      mends === undefined ? { ...about, title } : { jurisdiction, kind, title: mends.title, mends: mends.id }
    setShare(0)
    bring.mutate(
      { ...which, file, onProgress: setShare },
      { onSuccess: onBrought, onSettled: () => setShare(undefined) },
    )
  }
  return (
    <div className="worklist-form">
      {mends === undefined ? <AboutFields id={id} areas={areas} about={about} onChange={setAbout} /> : null}
      <label htmlFor={`${id}-file`}>{t('worklists.file')}</label>
      <input
        id={`${id}-file`}
        type="file"
        accept={offeredFiles}
        disabled={bring.isPending}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          if (file !== undefined) send(file)
          currentTarget.value = ''
        }}
      />
      <p role="status">
        {share === undefined ? null : t('worklists.sending', { percent: Math.round(share * 100) })}
        {wrong === undefined ? null : t(wrong)}
        {bring.isError ? failureText(bring.error).text : null}
      </p>
    </div>
  )
}

/** A file of people or vehicles: what it is, where it belongs, then what its columns say. */
export const BringCard = ({ areas, mends, waiting, onDone }: Props) => {
  const { t } = useTranslation()
  const [brought, setBrought] = useState<Brought | undefined>(waiting)
  const heading =
    mends === undefined ? t('worklists.bring') : t('worklists.bringMended', { title: mends.title })
  const done = (): void => {
    setBrought(undefined)
    onDone()
  }
  return (
    <Card title={heading} note={mends === undefined ? t('worklists.bringHint') : t('worklists.mendedHint')}>
      {brought === undefined ? (
        <SendForm areas={areas} mends={mends} onBrought={setBrought} />
      ) : (
        <ColumnsForm key={brought.importId} brought={brought} onDone={done} />
      )}
    </Card>
  )
}
