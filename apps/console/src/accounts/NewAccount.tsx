import { createAccount } from '@guankou/contract/access/accounts.ts'
import type { BodyOf } from '@guankou/contract/endpoint.ts'
import { accountRoles, type Role, roleNames } from '@guankou/contract/roles.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IssuedLinkNote } from '#src/accounts/IssuedLinkNote.tsx'
import { useAct } from '#src/accounts/use-act.ts'
import { client, orThrow } from '#src/api/client.ts'
import { placesQuery } from '#src/api/queries.ts'
import { areasOf } from '#src/layout/areas.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'

type Wish = BodyOf<typeof createAccount>

const RoleAndArea = ({
  wish,
  onChange,
}: {
  readonly wish: Pick<Wish, 'role' | 'area'>
  readonly onChange: (change: Partial<Wish>) => void
}) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  const { areaCode } = useSession()
  const areas = areasOf(useQuery(placesQuery).data?.jurisdictions ?? [], areaCode)
  return (
    <>
      <label htmlFor={`${id}-role`}>{t('accounts.role')}</label>
      <select
        id={`${id}-role`}
        value={wish.role}
        onChange={(event) => onChange({ role: event.currentTarget.value as Role })}
      >
        {accountRoles.map((role) => (
          <option key={role} value={role}>
            {inLocale(roleNames[role], locale)}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-area`}>{t('accounts.area')}</label>
      <select
        id={`${id}-area`}
        value={wish.area}
        onChange={(event) => onChange({ area: Number(event.currentTarget.value) })}
      >
        {areas.map(({ code, name }) => (
          <option key={code} value={code}>
            {inLocale(name, locale)} {code}
          </option>
        ))}
      </select>
    </>
  )
}

/** Makes an account and shows its first link. */
export const NewAccount = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const id = useId()
  const failureText = useFailureText()
  const { areaCode } = useSession()
  const [wish, setWish] = useState<Wish>({
    login: '',
    name: { zh: '', en: '' },
    role: 'inspector',
    area: areaCode,
  })
  const create = useAct(async (body: Wish) => orThrow(await client.call(createAccount, { body })))
  const change = (part: Partial<Wish>): void => setWish((old) => ({ ...old, ...part }))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    create.mutate(wish)
  }
  const text = (
    key: string,
    label: string,
    value: string,
    onText: (value: string) => void,
    pattern: string,
  ) => (
    <>
      <label htmlFor={`${id}-${key}`}>{label}</label>
      <input
        id={`${id}-${key}`}
        required
        maxLength={60}
        pattern={pattern}
        autoComplete="off"
        value={value}
        onChange={(event) => onText(event.currentTarget.value)}
      />
    </>
  )
  return (
    <Drawer
      open
      size={440}
      mask={false}
      onClose={onClose}
      title={t('accounts.create')}
      closable={{ 'aria-label': t('accounts.close') }}
    >
      {create.isSuccess ? (
        <>
          <p>{t('accounts.created', { login: wish.login })}</p>
          {create.data.link === null ? (
            <p>{t('accounts.createdService')}</p>
          ) : (
            <IssuedLinkNote link={create.data.link} />
          )}
        </>
      ) : (
        <form className="plain-form" onSubmit={submit}>
          {text(
            'login',
            t('accounts.login'),
            wish.login,
            (login) => change({ login }),
            '[a-z0-9][a-z0-9._\\-]+',
          )}
          <small className="muted">{t('accounts.loginHint')}</small>
          {text(
            'zh',
            t('accounts.nameZh'),
            wish.name.zh,
            (zh) => change({ name: { ...wish.name, zh } }),
            '.*\\S.*',
          )}
          {text(
            'en',
            t('accounts.nameEn'),
            wish.name.en,
            (en) => change({ name: { ...wish.name, en } }),
            '.*\\S.*',
          )}
          <RoleAndArea wish={wish} onChange={change} />
          <button type="submit" className="quiet-button" disabled={create.isPending}>
            {t('accounts.create')}
          </button>
          <p className="field-error" role="alert">
            {create.isError ? failureText(create.error).text : null}
          </p>
        </form>
      )}
    </Drawer>
  )
}
