import type { DeviceView } from '@guankou/contract/access/devices.ts'
import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { StatusPill } from '@guankou/ui/figures/StatusPill.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatAgo, formatInstant } from '@guankou/ui/format/time.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { devicesQuery, placesQuery } from '#src/api/queries.ts'
import { DeviceDrawer, mayRemove } from '#src/devices/DeviceDrawer.tsx'
import { EnrolPhone } from '#src/devices/EnrolPhone.tsx'
import { RefusedCommands } from '#src/devices/RefusedCommands.tsx'
import { PreferenceButtons } from '#src/layout/PreferenceButtons.tsx'
import { Query } from '#src/layout/Query.tsx'
import { useNow } from '#src/layout/use-now.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { useTitle } from '#src/layout/use-title.ts'

/** Beyond this the server takes a phone's clock for wrong, and its records may be refused. */
const skewNoticeSeconds = 60

/** The word for where a device stands. */
const stateKeyOf = ({ revokedAt, wipeRequestedAt, wipedAt }: DeviceView) => {
  if (wipedAt !== null) return 'phones.wiped'
  if (wipeRequestedAt !== null) return 'phones.wiping'
  return revokedAt === null ? 'devices.active' : 'devices.revoked'
}

const NoDevices = () => {
  const { t } = useTranslation()
  return <EmptyState title={t('devices.empty')}>{t('devices.emptyText')}</EmptyState>
}

const useColumns = (timeZone: string): readonly Column<DeviceView>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const nowMs = useNow(5_000)
  const number = (
    key: string,
    value: (device: DeviceView) => number | null,
    hint?: string,
  ): Column<DeviceView> => ({
    key,
    title: t(`devices.${key}`),
    numeric: true,
    ...(hint === undefined ? {} : { hint }),
    text: (device) => {
      const shown = value(device)
      return shown === null ? t('devices.unknown') : formatNumber(locale, shown)
    },
  })
  return [
    { key: 'label', title: t('devices.label'), text: (device) => device.label },
    { key: 'area', title: t('devices.area'), text: (device) => String(device.areaCode) },
    {
      key: 'contact',
      title: t('devices.contact'),
      text: ({ lastSeenAt }) =>
        lastSeenAt === null ? t('devices.never') : formatAgo(locale, nowMs - Date.parse(lastSeenAt)),
    },
    number('queued', ({ outbox }) => outbox?.queued ?? null),
    number('rejected', ({ outbox }) => outbox?.rejected ?? null),
    number('unreadable', ({ outbox }) => outbox?.unreadable ?? null),
    number('skew', ({ clockSkewSeconds }) => clockSkewSeconds, t('devices.skewHint')),
    number('refused', ({ refusedTotal }) => refusedTotal),
    {
      key: 'state',
      title: t('city.state'),
      text: (device) =>
        `${t(stateKeyOf(device))} · ${t('devices.enrolled', { time: formatInstant(device.enrolledAt, timeZone).slice(0, 10) })}`,
    },
  ]
}

/** Which phone a drawer is about, and which of the two drawers. */
type Opened = { readonly id: string; readonly drawer: 'manage' | 'refused' }

const useCells = (timeZone: string, onOpen: (opened: Opened) => void) => {
  const { t } = useTranslation()
  const opener = (device: DeviceView, drawer: Opened['drawer'], text: string) => (
    <button
      type="button"
      className="link-button"
      {...(drawer === 'manage' ? { title: t('phones.manage') } : {})}
      onClick={() => onOpen({ id: device.id, drawer })}
    >
      {text}
    </button>
  )
  return (column: Column<DeviceView>, device: DeviceView) => {
    if (column.key === 'contact' && device.lastSeenAt !== null)
      return <time title={formatInstant(device.lastSeenAt, timeZone)}>{column.text(device)}</time>
    if (column.key === 'skew' && Math.abs(device.clockSkewSeconds ?? 0) > skewNoticeSeconds)
      return <StatusPill state="look">{column.text(device)}</StatusPill>
    if (column.key === 'label') return opener(device, 'manage', device.label)
    if (column.key === 'refused' && device.refusedTotal > 0)
      return opener(device, 'refused', t('devices.details', { count: device.refusedTotal }))
    return undefined
  }
}

const DevicesTable = ({
  devices,
  timeZone,
}: {
  readonly devices: readonly DeviceView[]
  readonly timeZone: string
}) => {
  const { t } = useTranslation()
  const columns = useColumns(timeZone)
  const [opened, setOpened] = useState<Opened | null>(null)
  const draw = useCells(timeZone, setOpened)
  if (devices.length === 0) return <NoDevices />
  const device = devices.find(({ id }) => id === opened?.id)
  const drawer = { timeZone, onClose: () => setOpened(null) }
  return (
    <section className="card table-card">
      <p className="muted">{t('devices.lead')}</p>
      <DataTable
        label={t('devices.title')}
        columns={columns}
        rows={devices}
        rowKey={({ id }) => id}
        draw={draw}
      />
      {device !== undefined && opened?.drawer === 'manage' ? (
        <DeviceDrawer key={device.id} device={device} {...drawer} />
      ) : null}
      {device !== undefined && opened?.drawer === 'refused' ? (
        <RefusedCommands device={device} {...drawer} />
      ) : null}
    </section>
  )
}

/** Phones of the area: what each still holds, and what was refused from it. */
export const DevicesPage = () => {
  const { t } = useTranslation()
  useTitle(t('devices.title'))
  const devices = useQuery(devicesQuery)
  const isAllowed = mayRemove(useSession().role)
  const [enrolling, setEnrolling] = useState(false)
  const timeZone = useQuery(placesQuery).data?.jurisdictions[0]?.timeZone ?? 'UTC'
  return (
    <main className="page" id="content">
      <header className="page-head">
        <h1>{t('devices.title')}</h1>
        <span className="spring" />
        <button
          type="button"
          className="quiet-button"
          disabled={!isAllowed}
          {...(isAllowed ? {} : { title: t('phones.enrolNot') })}
          onClick={() => setEnrolling(true)}
        >
          {t('phones.enrol')}
        </button>
        <PreferenceButtons />
      </header>
      <Query query={devices}>{(value) => <DevicesTable devices={value.devices} timeZone={timeZone} />}</Query>
      {enrolling ? <EnrolPhone timeZone={timeZone} onClose={() => setEnrolling(false)} /> : null}
    </main>
  )
}
