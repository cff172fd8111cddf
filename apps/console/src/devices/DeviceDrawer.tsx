import { lossCauseNames } from '@guankou/contract/access/device-contact.ts'
import {
  restoreDevice,
  revocationReasonNames,
  revokeDevice,
} from '@guankou/contract/access/device-removal.ts'
import type { DeviceView } from '@guankou/contract/access/devices.ts'
import { formatInstant } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, orThrow } from '#src/api/client.ts'
import { devicesQuery } from '#src/api/queries.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'
import { type Removal, RemoveDialog } from './RemoveDialog.tsx'

/** Whether somebody of this role may enrol phones and take them out of use. */
export const mayRemove = (role: string): boolean =>
  (revokeDevice.access.roles as readonly string[]).includes(role)

type Props = { readonly device: DeviceView; readonly timeZone: string }

const Facts = ({ device, timeZone }: Props) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const at = (instant: string): string => formatInstant(instant, timeZone)
  const { wipeRequestedAt, wipedAt, revocationReason } = device
  const wipe = (): string => {
    if (wipeRequestedAt === null) return t('phones.wipeNone')
    if (wipedAt === null) return t('phones.wipeAsked', { time: at(wipeRequestedAt) })
    return t('phones.wipeDone', { asked: at(wipeRequestedAt), done: at(wipedAt) })
  }
  return (
    <dl className="phone-facts">
      <dt>{t('phones.key')}</dt>
      <dd>{device.keyed ? t('phones.keyed') : t('phones.unkeyed')}</dd>
      {device.revokedAt === null ? null : (
        <>
          <dt>{t('devices.revoked')}</dt>
          <dd>
            {at(device.revokedAt)}
            {revocationReason === null
              ? ''
              : ` · ${inLocale(revocationReasonNames[revocationReason], locale)}`}
          </dd>
        </>
      )}
      <dt>{t('phones.wipe')}</dt>
      <dd>{wipe()}</dd>
      <dt>{t('phones.lost')}</dt>
      <dd>
        {device.losses.length === 0 ? t('phones.lostNone') : null}
        {device.losses.map((loss) => (
          <details key={`${loss.at} ${loss.accountId}`}>
            <summary>
              {t('phones.lostLine', {
                time: at(loss.at),
                cause: inLocale(lossCauseNames[loss.cause], locale),
                count: loss.commands,
              })}
            </summary>
            {loss.commandIds.map((id) => (
              <p key={id} className="muted command-id">
                {id}
              </p>
            ))}
          </details>
        ))}
      </dd>
    </dl>
  )
}

const useActions = (deviceId: string) => {
  const queryClient = useQueryClient()
  const onSettled = () => queryClient.invalidateQueries({ queryKey: devicesQuery.queryKey })
  return {
    remove: useMutation({
      mutationFn: async (removal: Removal) =>
        orThrow(await client.call(revokeDevice, { body: { deviceId, ...removal } })),
      onSettled,
    }),
    restore: useMutation({
      mutationFn: async () => orThrow(await client.call(restoreDevice, { body: { deviceId } })),
      onSettled,
    }),
  }
}

const Actions = ({ device }: { readonly device: DeviceView }) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const isAllowed = mayRemove(useSession().role)
  const { remove, restore } = useActions(device.id)
  const [asking, setAsking] = useState(false)
  const failure = remove.error ?? restore.error
  const why = isAllowed ? {} : { title: t('phones.notAllowed') }
  return (
    <div className="phone-buttons">
      {device.wipedAt === null && device.wipeRequestedAt === null ? (
        <button
          type="button"
          className="quiet-button"
          disabled={!isAllowed}
          {...why}
          onClick={() => setAsking(true)}
        >
          {t('phones.revoke')}
        </button>
      ) : null}
      {device.revokedAt !== null && device.wipedAt === null ? (
        <button
          type="button"
          className="quiet-button"
          disabled={!isAllowed || restore.isPending}
          {...why}
          onClick={() => restore.mutate()}
        >
          {t('phones.restore')}
        </button>
      ) : null}
      <p role="status">
        {failure === null ? null : failureText(failure).text}
        {failure === null && restore.isSuccess && device.revokedAt === null ? t('phones.restored') : null}
      </p>
      {asking ? (
        <RemoveDialog
          device={device}
          onClose={() => setAsking(false)}
          onRemove={(removal) => {
            setAsking(false)
            remove.mutate(removal)
          }}
        />
      ) : null}
    </div>
  )
}

/** One phone: its key, what was asked of it, what it lost, and what can be done. */
export const DeviceDrawer = ({ device, timeZone, onClose }: Props & { readonly onClose: () => void }) => {
  const { t } = useTranslation()
  return (
    <Drawer
      open
      size={440}
      mask={false}
      onClose={onClose}
      title={device.label}
      closable={{ 'aria-label': t('phones.close') }}
    >
      <Facts device={device} timeZone={timeZone} />
      <Actions device={device} />
    </Drawer>
  )
}
