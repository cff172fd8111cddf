import { signOut } from '@guankou/contract/access/session.ts'
import { roleNames } from '@guankou/contract/roles.ts'
import { addDays, civilDateOf } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { StepUpProvider } from '#src/access/StepUp.tsx'
import { client } from '#src/api/client.ts'
import { isSignedOut, placesQuery, sessionQuery } from '#src/api/queries.ts'
import { ShortcutsDrawer } from '#src/keys/ShortcutsDrawer.tsx'
import type { ShortcutName } from '#src/keys/shortcuts.ts'
import { useShortcuts } from '#src/keys/use-shortcuts.ts'
import { useGo, usePath, useSearchPart } from '#src/layout/go.ts'
import { PageLink } from '#src/layout/PageLink.tsx'
import { Rail } from '#src/layout/Rail.tsx'
import { useLocale, usePreferences } from '#src/layout/use-preferences.ts'
import { SessionContext } from '#src/layout/use-session.ts'
import { consoleBase, paths, readSituationView, type SituationView } from '#src/path-builder.ts'
import { CollectionBanner } from '#src/retention/CollectionBanner.tsx'
import { toggleWall } from '#src/situation/wall.ts'

const useActions = () => {
  const search = useSearchPart()
  const view = readSituationView(search)
  const go = useGo()
  const { switchLocale, nextTheme } = usePreferences()
  const timeZone = useQuery(placesQuery).data?.jurisdictions[0]?.timeZone ?? 'UTC'
  const here = usePath()
  const onSituation = here === paths.situation

  const show = (part: { readonly [K in keyof SituationView]?: SituationView[K] | undefined }): void => {
    if (onSituation) go(paths.situation, { ...view, ...part }, 'replace')
  }
  const stepDay = (days: number): void => {
    const today = civilDateOf(Date.now(), timeZone)
    const next = addDays(view.day ?? today, days)
    if (next <= today) show({ day: next === today ? undefined : next })
  }
  const { keys } = view
  const showKeys = (on: boolean): void => go(here, { ...search, keys: on ? true : undefined }, 'replace')
  const actions: Readonly<Record<ShortcutName, () => void>> = {
    help: () => showKeys(keys !== true),
    situation: () => go(paths.situation),
    posts: () => go(paths.posts),
    devices: () => go(paths.devices),
    lookUp: () => go(paths.lookUp),
    decisions: () => go(paths.decisions),
    previousDay: () => stepDay(-1),
    nextDay: () => stepDay(1),
    today: () => show({ day: undefined }),
    compare: () => show({ compare: view.compare === false ? undefined : false }),
    origins: () => show({ origins: view.origins === 'map' ? undefined : 'map' }),
    city: () => show({ city: view.city === 'table' ? undefined : 'table' }),
    wall: () => {
      if (onSituation) toggleWall(view.wall === true, show)
    },
    language: switchLocale,
    theme: nextTheme,
  }
  return {
    actions,
    keysShown: keys === true,
    hideKeys: () => showKeys(false),
    showKeys: () => showKeys(true),
  }
}

/** Sends a person whose session ended back to the sign-in page, and home again afterwards. */
const useSignedOutGuard = (): void => {
  const queryClient = useQueryClient()
  useEffect(
    () =>
      queryClient.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated' || event.action.type !== 'error') return
        if (isSignedOut(event.action.error)) window.location.assign(`${consoleBase}${paths.signIn}`)
      }),
    [queryClient],
  )
}

const Account = ({ onKeys }: { readonly onKeys: () => void }) => {
  const { t } = useTranslation()
  const locale = useLocale()
  const session = useQuery(sessionQuery).data
  if (session === null || session === undefined) return null
  const who = t('session.signedInAs', {
    name: inLocale(session.name, locale),
    role: inLocale(roleNames[session.role], locale),
    area: session.areaCode,
  })
  const leave = async (): Promise<void> => {
    await client.call(signOut, { body: {} })
    window.location.assign(`${consoleBase}${paths.signIn}`)
  }
  return (
    <div className="account">
      <button
        type="button"
        className="rail-button"
        aria-label={t('preferences.keys')}
        title={t('preferences.keys')}
        onClick={onKeys}
      >
        ?
      </button>
      <PageLink
        path={paths.account}
        className="rail-link account-name"
        title={`${t('session.account')} · ${who}`}
      >
        {inLocale(session.name, locale)}
      </PageLink>
      <button type="button" className="rail-button" title={who} onClick={() => void leave()}>
        {t('session.signOut')}
      </button>
    </div>
  )
}

/** The frame around every page of a person who is signed in. */
export const SignedInLayout = () => {
  const { t } = useTranslation()
  const { preferences } = usePreferences()
  const { actions, keysShown, hideKeys, showKeys } = useActions()
  const session = useQuery(sessionQuery).data ?? null
  useShortcuts(preferences.singleKeys, (does) => actions[does]())
  useSignedOutGuard()
  return (
    <SessionContext value={session}>
      <StepUpProvider>
        <a className="skip" href="#content">
          {t('app.skip')}
        </a>
        {session === null ? null : <CollectionBanner />}
        <div className="app">
          <aside className="side">
            {session === null ? null : <Rail />}
            <Account onKeys={showKeys} />
          </aside>
          {session === null ? null : <Outlet />}
        </div>
        <ShortcutsDrawer open={keysShown} onClose={hideKeys} />
      </StepUpProvider>
    </SessionContext>
  )
}
