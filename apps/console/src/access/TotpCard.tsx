import {
  confirmTotp,
  type OwnAccount,
  removeTotp,
  renewBackupCodes,
  startTotp,
} from '@guankou/contract/access/own-account.ts'
import type { OutputOf } from '@guankou/contract/endpoint.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { QRCode } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ownAccountKey } from '#src/access/queries.ts'
import { useStepUp } from '#src/access/StepUp.tsx'
import { TextField } from '#src/access/TextField.tsx'
import { useSignInFailure } from '#src/access/use-sign-in-failure.ts'
import { client, orThrow } from '#src/api/client.ts'

const qrPixels = 200

const useRefresh = () => {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: ownAccountKey })
}

const BackupCodes = ({ codes }: { readonly codes: readonly string[] }) => {
  const { t } = useTranslation()
  return (
    <div role="status">
      <p>{t('access.backupCodesLead')}</p>
      <code className="backup-codes">
        {codes.map((code) => (
          <span key={code}>{code}</span>
        ))}
      </code>
    </div>
  )
}

type Begun = OutputOf<typeof startTotp>

type OnCodes = { readonly onCodes: (codes: readonly string[]) => void }

const useConfirm = (code: string, onCodes: OnCodes['onCodes']) => {
  const withFactor = useStepUp()
  const refresh = useRefresh()
  return useMutation({
    mutationFn: () =>
      withFactor(async () => orThrow(await client.call(confirmTotp, { body: { code: code.trim() } }))),
    onSuccess: ({ backupCodes }) => {
      onCodes(backupCodes)
      return refresh()
    },
  })
}

const Confirm = ({ begun, onCodes }: OnCodes & { readonly begun: Begun }) => {
  const { t } = useTranslation()
  const failureText = useSignInFailure()
  const [code, setCode] = useState('')
  const confirm = useConfirm(code, onCodes)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    confirm.mutate()
  }
  return (
    <form className="plain-form" onSubmit={submit}>
      <p>{t('access.totpScan')}</p>
      <div className="totp-code" role="img" aria-label={t('access.totpQr')}>
        <div aria-hidden="true">
          <QRCode type="svg" value={begun.uri} size={qrPixels} errorLevel="M" />
        </div>
      </div>
      <p>
        {t('access.totpType')} <code className="secret-text">{begun.secret}</code>
      </p>
      <TextField
        label={t('access.code')}
        autoComplete="one-time-code"
        inputMode="numeric"
        pattern="[0-9]{6}"
        value={code}
        onText={setCode}
      />
      <button type="submit" className="quiet-button" disabled={confirm.isPending}>
        {t('access.totpConfirm')}
      </button>
      <p className="field-error" role="alert">
        {confirm.isError ? failureText(confirm.error) : null}
      </p>
    </form>
  )
}

const InUse = ({ left, onCodes }: OnCodes & { readonly left: number }) => {
  const { t } = useTranslation()
  const failureText = useSignInFailure()
  const withFactor = useStepUp()
  const refresh = useRefresh()
  const renew = useMutation({
    mutationFn: () => withFactor(async () => orThrow(await client.call(renewBackupCodes, { body: {} }))),
    onSuccess: ({ backupCodes }) => {
      onCodes(backupCodes)
      return refresh()
    },
  })
  const remove = useMutation({
    mutationFn: () => withFactor(async () => orThrow(await client.call(removeTotp, { body: {} }))),
    onSuccess: refresh,
  })
  const failed = renew.error ?? remove.error
  return (
    <>
      <p>{t('access.totpInUse', { count: left })}</p>
      <div className="plain-buttons">
        <button
          type="button"
          className="quiet-button"
          disabled={renew.isPending}
          onClick={() => renew.mutate()}
        >
          {t('access.renewCodes')}
        </button>
        <button
          type="button"
          className="quiet-button"
          disabled={remove.isPending}
          onClick={() => remove.mutate()}
        >
          {t('access.totpRemove')}
        </button>
      </div>
      <p className="field-error" role="alert">
        {failed === null ? null : failureText(failed)}
      </p>
    </>
  )
}

/** The authenticator of the account: set up, in use, removed; and its backup codes, shown once. */
export const TotpCard = ({ account }: { readonly account: OwnAccount }) => {
  const { t } = useTranslation()
  const failureText = useSignInFailure()
  const withFactor = useStepUp()
  const [codes, setCodes] = useState<readonly string[]>([])
  const start = useMutation({
    mutationFn: () => withFactor(async () => orThrow(await client.call(startTotp, { body: {} }))),
  })
  return (
    <Card title={t('access.totp')}>
      {codes.length === 0 ? null : <BackupCodes codes={codes} />}
      {account.hasTotp ? <InUse left={account.backupCodesLeft} onCodes={setCodes} /> : null}
      {account.hasTotp || start.isSuccess ? null : (
        <>
          <p>{t('access.totpLead')}</p>
          <button
            type="button"
            className="quiet-button"
            disabled={start.isPending}
            onClick={() => start.mutate()}
          >
            {t('access.totpStart')}
          </button>
        </>
      )}
      {!account.hasTotp && start.isSuccess ? <Confirm begun={start.data} onCodes={setCodes} /> : null}
      <p className="field-error" role="alert">
        {start.isError ? failureText(start.error) : null}
      </p>
    </Card>
  )
}
