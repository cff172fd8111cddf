import type { Jurisdiction } from '@guankou/contract/places/place.ts'
import type { OrderQuarantine } from '@guankou/contract/quarantine/commands.ts'
import { quarantineFieldNames } from '@guankou/contract/quarantine/people.ts'
import {
  type QuarantineSite,
  quarantineSiteNames,
  quarantineSites,
} from '@guankou/contract/quarantine/vocabulary.ts'
import { type DocumentKind, documentKinds } from '@guankou/contract/screening/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { noticeQuery } from '#src/api/queries.ts'
import { useGo } from '#src/layout/go.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { documentName } from '#src/look-up/names.ts'
import { paths } from '#src/path-builder.ts'
import { Choice, Text } from '#src/quarantine/fields.tsx'
import { useQuarantineView } from '#src/quarantine/quarantine-view.ts'
import { useOrder } from '#src/quarantine/queries.ts'
import { useOneCommand } from '#src/quarantine/use-one-command.ts'

const nothingTyped = {
  site: 'home' as QuarantineSite,
  lastExposureOn: '',
  name: '',
  documentKind: 'resident-id' as DocumentKind,
  number: '',
  phone: '',
  address: '',
  screeningId: '',
  seat: '',
}
type Typed = typeof nothingTyped

const optional = <Name extends string>(name: Name, text: string): { readonly [K in Name]?: string } =>
  (text.trim() === '' ? {} : { [name]: text.trim() }) as { readonly [K in Name]?: string }

/** The order as it is typed, under its id. @param at  epoch milliseconds */
const commandOf = (
  typed: Typed,
  { id, jurisdiction, responseId, at }: { id: string; jurisdiction: number; responseId: string; at: number },
): OrderQuarantine => ({
  kind: 'quarantine.order',
  schemaVersion: 1,
  id,
  jurisdiction,
  occurredAt: new Date(at).toISOString(),
  responseId,
  site: typed.site,
  ...optional('lastExposureOn', typed.lastExposureOn),
  person: {
    ...optional('name', typed.name),
    ...optional('phone', typed.phone),
    ...(typed.number.trim() === ''
      ? {}
      : { document: { kind: typed.documentKind, number: typed.number.trim() } }),
    address: typed.address.trim(),
  },
  ...(typed.screeningId.trim() === ''
    ? {}
    : { screening: { screeningId: typed.screeningId.trim(), seat: Number(typed.seat) || 1 } }),
})

type Change = (part: Partial<Typed>) => void

/** Who it is; of somebody who was screened, what is left out here is taken from there. */
const PersonFields = ({ typed, change }: { readonly typed: Typed; readonly change: Change }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const name = (field: keyof typeof quarantineFieldNames) => inLocale(quarantineFieldNames[field], locale)
  return (
    <>
      <Text label={name('name')} value={typed.name} onChange={(text) => change({ name: text })} />
      <Choice
        label={t('quarantine.documentKind')}
        value={typed.documentKind}
        choices={documentKinds
          .filter((kind) => kind !== 'none')
          .map((value) => ({ value, label: documentName(locale, value) }))}
        onChange={(documentKind) => change({ documentKind })}
      />
      <Text
        label={name('document')}
        value={typed.number}
        most={40}
        onChange={(number) => change({ number })}
      />
      <Text
        label={name('phone')}
        type="tel"
        value={typed.phone}
        most={40}
        onChange={(phone) => change({ phone })}
      />
      <Text
        label={name('address')}
        value={typed.address}
        most={200}
        onChange={(address) => change({ address })}
      />
    </>
  )
}

/** Somebody who was screened at a post. */
const ScreeningFields = ({ typed, change }: { readonly typed: Typed; readonly change: Change }) => {
  const { t } = useTranslation()
  return (
    <>
      <Text
        label={t('quarantine.screening')}
        hint={t('quarantine.screeningHint')}
        value={typed.screeningId}
        most={36}
        onChange={(screeningId) => change({ screeningId })}
      />
      {typed.screeningId === '' ? null : (
        <Text
          label={t('quarantine.seat')}
          value={typed.seat}
          most={3}
          onChange={(seat) => change({ seat })}
        />
      )}
    </>
  )
}

const useOrdering = (areas: readonly Jurisdiction[]) => {
  const responses = useQuery(noticeQuery).data?.responses ?? []
  const go = useGo()
  const order = useOrder()
  const one = useOneCommand()
  const [typed, setTyped] = useState(nothingTyped)
  const [jurisdiction, setJurisdiction] = useState(areas[0]?.code ?? 0)
  const [chosenId, setResponse] = useState<string>()
  const responseId = chosenId ?? responses[0]?.id ?? ''
  const send = (event: FormEvent): void => {
    event.preventDefault()
    const named = one.name({ typed, jurisdiction, responseId })
    order.mutate(commandOf(typed, { ...named, jurisdiction, responseId }), {
      onSuccess: ({ id }) => {
        one.settle()
        go(paths.episode, { area: jurisdiction, episode: id })
      },
      onError: one.settle,
    })
  }
  const change: Change = (part) => setTyped((now) => ({ ...now, ...part }))
  return { responses, responseId, setResponse, jurisdiction, setJurisdiction, typed, change, order, send }
}

type Ordering = ReturnType<typeof useOrdering>

/** What is ordered: by which response, in which district, where to stay, and since when days count. */
const WhatFields = ({
  ordering,
  areas,
}: {
  readonly ordering: Ordering
  readonly areas: readonly Jurisdiction[]
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { typed, change } = ordering
  return (
    <>
      <Choice
        label={t('quarantine.response')}
        value={ordering.responseId}
        choices={ordering.responses.map(({ id, name }) => ({ value: id, label: inLocale(name, locale) }))}
        onChange={ordering.setResponse}
      />
      <Choice
        label={t('quarantine.area')}
        value={ordering.jurisdiction}
        choices={areas.map(({ code, name }) => ({ value: code, label: inLocale(name, locale) }))}
        onChange={ordering.setJurisdiction}
      />
      <Choice
        label={t('quarantine.site')}
        value={typed.site}
        choices={quarantineSites.map((value) => ({
          value,
          label: inLocale(quarantineSiteNames[value], locale),
        }))}
        onChange={(site) => change({ site })}
      />
      <Text
        label={t('quarantine.lastExposure')}
        hint={t('quarantine.lastExposureHint')}
        type="date"
        value={typed.lastExposureOn}
        onChange={(lastExposureOn) => change({ lastExposureOn })}
      />
    </>
  )
}

/** Orders a quarantine. @param areas  districts in which the person who orders may */
export const OrderForm = ({ areas }: { readonly areas: readonly Jurisdiction[] }) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { change: changeView } = useQuarantineView()
  const ordering = useOrdering(areas)
  const { typed, change, order } = ordering
  const isComplete =
    typed.address.trim() !== '' && (typed.name.trim() !== '' || typed.screeningId.trim() !== '')
  return (
    <Card title={t('quarantine.order')} note={t('quarantine.orderNote')}>
      <form className="identity-form" onSubmit={ordering.send}>
        <WhatFields ordering={ordering} areas={areas} />
        <PersonFields typed={typed} change={change} />
        <ScreeningFields typed={typed} change={change} />
        <div className="plain-buttons">
          <button type="submit" className="primary-button" disabled={order.isPending || !isComplete}>
            {order.isPending ? t('quarantine.sending') : t('quarantine.orderNow')}
          </button>
          <button type="button" className="quiet-button" onClick={() => changeView({ order: undefined })}>
            {t('quarantine.cancel')}
          </button>
        </div>
        <p className="field-error" role="alert">
          {order.isError ? failureText(order.error).text : null}
        </p>
      </form>
    </Card>
  )
}
