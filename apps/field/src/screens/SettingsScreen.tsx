import { roleNames } from '@guankou/contract/roles.ts'
import { themeChoices } from '@guankou/ui/theme/theme.ts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useField } from '#src/runtime/field-context.ts'
import { type Settings, writeSettings } from '#src/runtime/settings.ts'
import { useStore } from '#src/runtime/store.ts'
import { CaptureSection } from '#src/screens/capture/CaptureSection.tsx'
import { ThermometerSection } from '#src/screens/capture/ThermometerSection.tsx'
import { applyLanguage, applyTheme } from '#src/theme/apply.ts'
import { ChooseOne } from './chrome/ChoiceChips.tsx'
import { PageHead } from './chrome/PageHead.tsx'
import { formatMoment } from './format.ts'
import { PinSection } from './guard/PinSection.tsx'
import { StorageSection } from './StorageSection.tsx'
import { SyncSection } from './SyncSection.tsx'

const useChangeSettings = (): ((change: Partial<Settings>) => void) => {
  const { i18n } = useTranslation()
  const { settings } = useField()
  return (change) => {
    settings.set({ ...settings.get(), ...change })
    writeSettings(localStorage, settings.get())
    applyTheme(settings.get().theme)
    void applyLanguage(i18n, settings.get().locale)
  }
}

const Choices = () => {
  const { t } = useTranslation()
  const { settings } = useField()
  const current = useStore(settings)
  const change = useChangeSettings()
  return (
    <>
      <ChooseOne
        legend={t('settings.language')}
        chosen={current.locale}
        onChoose={(locale) => change({ locale })}
        choices={[
          { value: 'zh', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
      />
      <ChooseOne
        legend={t('settings.theme')}
        chosen={current.theme}
        onChoose={(theme) => change({ theme })}
        choices={themeChoices.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
      />
      <fieldset className="choices">
        <legend>{t('settings.feedback')}</legend>
        <div className="choice-row">
          {(['vibration', 'sound'] as const).map((name) => (
            <label key={name} className="choice">
              <input
                type="checkbox"
                checked={current[name]}
                onChange={(event) => change({ [name]: event.target.checked })}
              />
              <span>{t(`settings.${name}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </>
  )
}

const SignOut = () => {
  const { t } = useTranslation()
  const { runtime } = useField()
  const { counts } = useStore(runtime.sync.view)
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const leave = async (): Promise<void> => {
    await runtime.signOut()
    void navigate({ to: '/sign-in' })
  }
  const sealed = counts.ownWaiting - counts.unsealed
  if (!asking)
    return (
      <button
        type="button"
        className="button"
        onClick={() => (counts.ownWaiting > 0 ? setAsking(true) : void leave())}
      >
        {t('settings.signOut')}
      </button>
    )
  return (
    <div className="notice notice-act" role="alert">
      {sealed > 0 ? <p>{t('settings.signOutSealed', { count: sealed })}</p> : null}
      {counts.unsealed > 0 ? <p>{t('settings.signOutWaiting', { count: counts.unsealed })}</p> : null}
      <div className="button-row">
        <button type="button" className="button" onClick={() => setAsking(false)}>
          {t('settings.signOutStay')}
        </button>
        <button type="button" className="button" onClick={() => void leave()}>
          {t('settings.signOutConfirm')}
        </button>
      </div>
    </div>
  )
}

const Account = () => {
  const { t } = useTranslation()
  const { runtime, settings } = useField()
  const { locale } = useStore(settings)
  const profile = useStore(runtime.profile)
  if (profile === undefined)
    return (
      <Link to="/sign-in" className="button">
        {t('state.signIn')}
      </Link>
    )
  return (
    <section className="section" aria-labelledby="account-title">
      <h2 id="account-title">{t('settings.account')}</h2>
      <dl className="facts">
        <dt>{profile.name[locale]}</dt>
        <dd>{roleNames[profile.role][locale]}</dd>
        <dt>{t('settings.crew')}</dt>
        <dd>{profile.crew?.[locale] ?? '—'}</dd>
        <dt>{t('settings.until')}</dt>
        <dd>{formatMoment(profile.expiresAt)}</dd>
      </dl>
      <SignOut />
    </section>
  )
}

const UpdateSection = () => {
  const { t } = useTranslation()
  const { update } = useField()
  const take = useStore(update)
  return (
    <section className="section" aria-labelledby="about-title">
      <h2 id="about-title">{t('settings.about')}</h2>
      <p>{t('settings.aboutText', { version: import.meta.env.VITE_APP_VERSION })}</p>
      {take === undefined ? null : (
        <button type="button" className="button" onClick={take}>
          {t('app.updateNow')}
        </button>
      )}
    </section>
  )
}

export const SettingsScreen = () => {
  const { t } = useTranslation()
  return (
    <>
      <PageHead title={t('settings.title')} />
      <main className="page" id="content">
        <Choices />
        <SyncSection />
        <StorageSection />
        <CaptureSection />
        <ThermometerSection />
        <Account />
        <PinSection />
        <nav aria-label={t('settings.title')} className="button-row">
          <Link to="/records" className="button">
            {t('nav.records')}
          </Link>
          <Link to="/place" className="button">
            {t('nav.place')}
          </Link>
        </nav>
        <UpdateSection />
      </main>
    </>
  )
}
