import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import type { WorklistLine } from '@guankou/contract/worklists/endpoints.ts'
import { worklistKindNames, worklistKinds } from '@guankou/contract/worklists/vocabulary.ts'
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
  readonly onDone: () => void
}

const titleOf = (name: string): string => name.replace(/\.[A-Za-z]{1,5}$/, '').slice(0, 60)

/** A file of people or vehicles: what it is, where it belongs, then what its columns say. */
export const BringCard = ({ areas, mends, onDone }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  const failureText = useFailureText()
  const bring = useBring()
  const [kind, setKind] = useState<(typeof worklistKinds)[number]>('hotel-guests')
  const [area, setArea] = useState(areas[0]?.code ?? 0)
  const [title, setTitle] = useState('')
  const [share, setShare] = useState<number>()
  const [brought, setBrought] = useState<Brought>()
  const send = (file: File): void => {
    setShare(0)
    const about =
      mends === undefined
        ? {
            jurisdiction: area,
            kind,
            title: title.trim().length > 1 ? title : titleOf(file.name).padEnd(2, '-'),
          }
        : { jurisdiction: mends.jurisdiction, kind: mends.kind, title: mends.title, mends: mends.id }
    bring.mutate(
      { ...about, file, onProgress: setShare },
      { onSuccess: setBrought, onSettled: () => setShare(undefined) },
    )
  }
  const done = (): void => {
    setBrought(undefined)
    setTitle('')
    onDone()
  }
  const heading =
    mends === undefined ? t('worklists.bring') : t('worklists.bringMended', { title: mends.title })
  return (
    <Card title={heading} note={mends === undefined ? t('worklists.bringHint') : t('worklists.mendedHint')}>
      {brought === undefined ? (
        <div className="worklist-form">
          {mends === undefined ? (
            <>
              <label htmlFor={`${id}-kind`}>{t('worklists.kind')}</label>
              <select
                id={`${id}-kind`}
                value={kind}
                onChange={({ currentTarget }) =>
                  setKind(worklistKinds.find((each) => each === currentTarget.value) ?? kind)
                }
              >
                {worklistKinds.map((each) => (
                  <option key={each} value={each}>
                    {inLocale(worklistKindNames[each], locale)}
                  </option>
                ))}
              </select>
              <label htmlFor={`${id}-area`}>{t('worklists.area')}</label>
              <select
                id={`${id}-area`}
                value={area}
                onChange={({ currentTarget }) => setArea(Number(currentTarget.value))}
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
                value={title}
                maxLength={60}
                onChange={({ currentTarget }) => setTitle(currentTarget.value)}
              />
            </>
          ) : null}
          <label htmlFor={`${id}-file`}>{t('worklists.file')}</label>
          <input
            id={`${id}-file`}
            type="file"
            accept=".xlsx,.csv,.txt"
            disabled={bring.isPending}
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? []
              if (file !== undefined) send(file)
              currentTarget.value = ''
            }}
          />
          <p role="status">
            {share === undefined ? null : t('worklists.sending', { percent: Math.round(share * 100) })}
            {bring.isError ? failureText(bring.error).text : null}
          </p>
        </div>
      ) : (
        <ColumnsForm key={brought.importId} brought={brought} onDone={done} />
      )}
    </Card>
  )
}
