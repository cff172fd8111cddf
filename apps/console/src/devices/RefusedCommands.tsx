import type { DeviceView } from '@guankou/contract/access/devices.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { textOfCode } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'

/** What the server refused from a device and why; the content itself stays on the phone. */
export const RefusedCommands = ({
  device,
  timeZone,
  onClose,
}: {
  readonly device: DeviceView
  readonly timeZone: string
  readonly onClose: () => void
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <Drawer
      open
      size={440}
      mask={false}
      onClose={onClose}
      title={t('devices.refusedOf', { device: device.label })}
      closable={{ 'aria-label': t('post.close') }}
    >
      {device.refusedTotal > device.refused.length ? (
        <p className="muted">{t('devices.refusedMore', { count: device.refused.length })}</p>
      ) : null}
      <ol>
        {device.refused.map((refused) => (
          <li key={`${refused.at} ${refused.commandId} ${refused.code}`} className="refused">
            <p>
              <b>{textOfCode(refused.code, locale) ?? t('devices.unknownCode')}</b>
            </p>
            <p className="muted">
              {formatInstant(refused.at, timeZone)} · {refused.code}
              {refused.path === null ? '' : ` · ${t('devices.field', { path: refused.path })}`}
            </p>
            {refused.commandId === null ? null : <p className="muted command-id">{refused.commandId}</p>}
          </li>
        ))}
      </ol>
    </Drawer>
  )
}
