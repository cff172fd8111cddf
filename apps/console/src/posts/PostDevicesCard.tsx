import { errors, isErrorCode } from '@guankou/contract/errors.ts'
import type { DeviceAtPost } from '@guankou/contract/posts/shown-post.ts'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { PageLink } from '#src/layout/PageLink.tsx'
import { useLocale } from '#src/layout/use-preferences.ts'
import { paths } from '#src/path-builder.ts'
import type { PostParts } from '#src/posts/post-parts.ts'
import { TableCard } from '#src/posts/TableCard.tsx'

const refusedText = (t: TFunction, locale: Locale, { refused }: DeviceAtPost): string =>
  refused.length === 0
    ? t('postPage.devices.nothing')
    : refused
        .map(({ code, count }) => {
          const text = isErrorCode(code) ? inLocale(errors[code].text, locale) : ''
          return `${count} × ${code}${text === '' ? '' : ` ${text}`}`
        })
        .join('; ')

const deviceColumns = (t: TFunction, locale: Locale, timeZone: string): readonly Column<DeviceAtPost>[] => {
  const number =
    (of: (device: DeviceAtPost) => number | null) =>
    (device: DeviceAtPost): string => {
      const value = of(device)
      return value === null ? '—' : formatNumber(locale, value)
    }
  return [
    { key: 'label', title: t('postPage.devices.label'), text: ({ label }) => label },
    {
      key: 'seen',
      title: t('postPage.devices.seen'),
      text: ({ lastSeenAt }) => (lastSeenAt === null ? '—' : formatInstant(lastSeenAt, timeZone)),
    },
    {
      key: 'queued',
      title: t('postPage.devices.queued'),
      numeric: true,
      text: number(({ queued }) => queued),
    },
    {
      key: 'rejected',
      title: t('postPage.devices.rejected'),
      numeric: true,
      text: number(({ rejected }) => rejected),
    },
    {
      key: 'unreadable',
      title: t('postPage.devices.unreadable'),
      numeric: true,
      text: number(({ unreadable }) => unreadable),
    },
    {
      key: 'refused',
      title: t('postPage.devices.refused'),
      text: (device) => refusedText(t, locale, device),
    },
  ]
}

/** Phones that last recorded here, with what waits on them and what was refused and why. */
export const PostDevicesCard = ({ parts }: { readonly parts: PostParts }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { view, timeZone, post } = parts
  return (
    <TableCard
      title={t('postPage.devices.title')}
      file={`phones-${post.id}`}
      none={t('postPage.devices.none')}
      columns={deviceColumns(t, locale, timeZone)}
      rows={view.devices}
      rowKey={({ id }) => id}
      controls={<PageLink path={paths.devices}>{t('postPage.devices.all')}</PageLink>}
    />
  )
}
