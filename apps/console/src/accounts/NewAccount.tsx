import { createAccount, type IssuedLink } from '@guankou/contract/access/accounts.ts'
import type { BodyOf } from '@guankou/contract/endpoint.ts'
import { accountRoles, type Role, roleNames } from '@guankou/contract/roles.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SelectField, TextField } from '#src/access/TextField.tsx'
import { IssuedLinkNote } from '#src/accounts/IssuedLinkNote.tsx'
import { useAct } from '#src/accounts/use-act.ts'
import { client, orThrow } from '#src/api/client.ts'
import { placesQuery } from '#src/api/queries.ts'
import { areasOf } from '#src/layout/areas.ts'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { useLocale } from '#src/layout/use-preferences.ts'
import { useSession } from '#src/layout/use-session.ts'

type Wish = BodyOf<typeof createAccount>

type WishProps = { readonly wish: Wish; readonly onChange: (change: Partial<Wish>) => void }

const RoleAndArea = ({ wish, onChange }: WishProps) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const { areaCode } = useSession()
  const areas = areasOf(useQuery(placesQuery).data?.jurisdictions ?? [], areaCode)
  return (
    <>
      <SelectField
        label={t('accounts.role')}
        value={wish.role}
        options={accountRoles.map((role) => ({ value: role, label: inLocale(roleNames[role], locale) }))}
        onPick={(role) => onChange({ role: role as Role })}
      />
      <SelectField
        label={t('accounts.area')}
        value={wish.area}
        options={areas.map(({ code, name }) => ({ value: code, label: `${inLocale(name, locale)} ${code}` }))}
        onPick={(area) => onChange({ area: Number(area) })}
      />
    </>
  )
}

const Names = ({ wish, onChange }: WishProps) => {
  const { t } = useTranslation()
  const { login, name } = wish
  const usual = { maxLength: 60, autoComplete: 'off' } as const
  return (
    <>
      <TextField
        {...usual}
        label={t('accounts.login')}
        hint={t('accounts.loginHint')}
        pattern="[a-z0-9][a-z0-9._\-]+"
        value={login}
        onText={(text) => onChange({ login: text })}
      />
      <TextField
        {...usual}
        label={t('accounts.nameZh')}
        pattern=".*\S.*"
        value={name.zh}
        onText={(zh) => onChange({ name: { ...name, zh } })}
      />
      <TextField
        {...usual}
        label={t('accounts.nameEn')}
        pattern=".*\S.*"
        value={name.en}
        onText={(en) => onChange({ name: { ...name, en } })}
      />
    </>
  )
}

const Created = ({ login, link }: { readonly login: string; readonly link: IssuedLink | null }) => {
  const { t } = useTranslation()
  return (
    <>
      <p>{t('accounts.created', { login })}</p>
      {link === null ? <p>{t('accounts.createdService')}</p> : <IssuedLinkNote link={link} />}
    </>
  )
}

const CreateForm = () => {
  const { t } = useTranslation()
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
  if (create.isSuccess) return <Created login={wish.login} link={create.data.link} />
  return (
    <form className="plain-form" onSubmit={submit}>
      <Names wish={wish} onChange={change} />
      <RoleAndArea wish={wish} onChange={change} />
      <button type="submit" className="quiet-button" disabled={create.isPending}>
        {t('accounts.create')}
      </button>
      <p className="field-error" role="alert">
        {create.isError ? failureText(create.error).text : null}
      </p>
    </form>
  )
}

/** Makes an account and shows its first link. */
export const NewAccount = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation()
  return (
    <Drawer
      open
      size={440}
      mask={false}
      onClose={onClose}
      title={t('accounts.create')}
      closable={{ 'aria-label': t('accounts.close') }}
    >
      <CreateForm />
    </Drawer>
  )
}
