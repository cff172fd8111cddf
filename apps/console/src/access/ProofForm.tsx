import type { OwnAccount } from '@guankou/contract/access/own-account.ts'
import type { SessionView } from '@guankou/contract/access/session.ts'
import type { FactorProof } from '@guankou/contract/access/sign-in.ts'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askPasskey, prove } from '#src/access/queries.ts'
import { TextField } from '#src/access/TextField.tsx'
import { useSignInFailure } from '#src/access/use-sign-in-failure.ts'
import { canUsePasskeys } from '#src/access/webauthn.ts'

type Kind = Exclude<FactorProof['is'], 'passkey'>

/** What can be typed to prove oneself; where the second factor is due, the password is not among it. */
const kindsOf = (account: OwnAccount, secondOnly: boolean): readonly Kind[] => [
  ...(account.hasTotp ? (['code', 'backup-code'] as const) : []),
  ...(account.hasPassword && !secondOnly ? (['password'] as const) : []),
]

const fields = {
  code: { autoComplete: 'one-time-code', inputMode: 'numeric', pattern: '[0-9]{6}', type: 'text' },
  'backup-code': { autoComplete: 'off', inputMode: 'text', pattern: '[A-Za-z0-9\\-]{8,20}', type: 'text' },
  password: { autoComplete: 'current-password', inputMode: 'text', pattern: undefined, type: 'password' },
} as const

const useProve = (onProved: (session: SessionView) => void) => {
  const failureText = useSignInFailure()
  const [working, setWorking] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const run = async (proof: () => Promise<FactorProof>): Promise<void> => {
    setWorking(true)
    setFailure(null)
    try {
      onProved(await prove(await proof()))
    } catch (cause) {
      setFailure(failureText(cause))
    } finally {
      setWorking(false)
    }
  }
  return { run, working, failure }
}

type FieldProps = { readonly kind: Kind; readonly value: string; readonly onValue: (value: string) => void }

const ProofField = ({ kind, value, onValue }: FieldProps) => {
  const { t } = useTranslation()
  const labels = {
    code: t('access.code'),
    'backup-code': t('access.backupCode'),
    password: t('access.password'),
  }
  const { pattern, ...field } = fields[kind]
  return (
    <TextField
      label={labels[kind]}
      value={value}
      {...field}
      {...(pattern === undefined ? {} : { pattern })}
      onText={onValue}
    />
  )
}

type SwitchesProps = { readonly kinds: readonly Kind[]; readonly onPick: (kind: Kind) => void }

/** Other things that can be typed instead. */
const Switches = ({ kinds, onPick }: SwitchesProps) => {
  const { t } = useTranslation()
  const texts = {
    code: t('access.useCode'),
    'backup-code': t('access.useBackupCode'),
    password: t('access.usePassword'),
  }
  return kinds.map((kind) => (
    <button key={kind} type="button" className="link-button" onClick={() => onPick(kind)}>
      {texts[kind]}
    </button>
  ))
}

type ProofFormProps = {
  readonly account: OwnAccount
  /** Leaves the password out: it opened the session. */
  readonly secondOnly: boolean
  readonly onProved: (session: SessionView) => void
}

/** Asks for a factor of the account: a code, a backup code, the password, or a passkey. */
export const ProofForm = ({ account, secondOnly, onProved }: ProofFormProps) => {
  const { t } = useTranslation()
  const kinds = kindsOf(account, secondOnly)
  const [kind, setKind] = useState<Kind | undefined>(kinds[0])
  const [value, setValue] = useState('')
  const { run, working, failure } = useProve(onProved)
  const passkey = account.passkeys.length > 0 && canUsePasskeys()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (kind === undefined) return
    const proof: FactorProof =
      kind === 'password' ? { is: kind, password: value } : { is: kind, code: value.trim() }
    void run(async () => proof)
  }
  const pick = (next: Kind): void => {
    setKind(next)
    setValue('')
  }
  return (
    <form className="plain-form" onSubmit={submit}>
      {kind === undefined && !passkey ? <p>{t('access.nothingToProve')}</p> : null}
      {kind === undefined ? null : <ProofField kind={kind} value={value} onValue={setValue} />}
      <p className="field-error" role="alert">
        {failure}
      </p>
      <div className="plain-buttons">
        {kind === undefined ? null : (
          <button type="submit" className="quiet-button" disabled={working}>
            {t('access.prove')}
          </button>
        )}
        {passkey ? (
          <button
            type="button"
            className="quiet-button"
            disabled={working}
            onClick={() => void run(async () => ({ is: 'passkey', assertion: await askPasskey() }))}
          >
            {t('access.usePasskey')}
          </button>
        ) : null}
        <Switches kinds={kinds.filter((each) => each !== kind)} onPick={pick} />
      </div>
    </form>
  )
}
