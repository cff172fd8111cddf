import {
  createBrowserHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  RouterProvider,
} from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Field, FieldProvider } from '#src/runtime/field-context.ts'
import { hasEnrolCode } from '#src/screens/guard/enrol-code.ts'
import { Guarded } from '#src/screens/guard/Guarded.tsx'
import { NotOpened, Opening } from '#src/screens/LaterScreen.tsx'
import { LaneScreen } from '#src/screens/lane/LaneScreen.tsx'

/** Screens that the app never opens with: out of the first load, and fetched as soon as that is over. */
const later = {
  place: () => import('#src/screens/PlaceScreen.tsx'),
  enrol: () => import('#src/screens/guard/EnrolScreen.tsx'),
  signIn: () => import('#src/screens/SignInScreen.tsx'),
  returning: () => import('#src/screens/lane/ReturningPad.tsx'),
  pin: () => import('#src/screens/guard/PinScreen.tsx'),
  records: () => import('#src/screens/RecordsScreen.tsx'),
  correct: () => import('#src/screens/correct/CorrectScreen.tsx'),
  override: () => import('#src/screens/override/OverrideScreen.tsx'),
  handovers: () => import('#src/screens/handovers/HandoversScreen.tsx'),
  handover: () => import('#src/screens/handovers/HandoverScreen.tsx'),
  post: () => import('#src/screens/posts/PostScreen.tsx'),
  round: () => import('#src/screens/round/RoundScreen.tsx'),
  household: () => import('#src/screens/round/HouseholdScreen.tsx'),
  clockIn: () => import('#src/screens/posts/ClockInScreen.tsx'),
  outcome: () => import('#src/screens/lane/OutcomeScreen.tsx'),
  person: () => import('#src/screens/lane/PersonPanel.tsx'),
  service: () => import('#src/screens/seats/ServiceForm.tsx'),
  seats: () => import('#src/screens/seats/SeatsBody.tsx'),
  seatKeys: () => import('#src/screens/seats/SeatsPad.tsx'),
  manifest: () => import('#src/screens/manifest/ManifestScreen.tsx'),
  slip: () => import('#src/screens/slip/SlipSheet.tsx'),
  sealing: () => import('#src/sync/seal-parcel.ts'),
  english: () => import('#src/i18n/en.ts'),
  pairing: () => import('#src/screens/pairing/PairingScreen.tsx'),
  settings: () => import('#src/screens/SettingsScreen.tsx'),
}

/** Long enough for the first screen to be drawn; the line may be gone by the time a screen is asked for. */
const fetchLaterMs = 500

const useLaterScreens = (): void =>
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const load of Object.values(later)) void load().catch(() => undefined)
    }, fetchLaterMs)
    return () => clearTimeout(timer)
  }, [])

const Frame = () => {
  const { t } = useTranslation()
  return (
    <>
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <Guarded />
    </>
  )
}

/** The link in an enrolment code leads to the front door. */
const Start = () =>
  hasEnrolCode() ? <Navigate to="/enrol" hash={window.location.hash.slice(1)} /> : <Navigate to="/lane" />

const rootRoute = createRootRoute({ component: Frame, notFoundComponent: () => <Navigate to="/lane" /> })
const routeTree = rootRoute.addChildren([
  createRoute({ getParentRoute: () => rootRoute, path: '/', component: Start }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/enrol',
    component: lazyRouteComponent(later.enrol, 'EnrolScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/pin',
    component: lazyRouteComponent(later.pin, 'PinScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sign-in',
    component: lazyRouteComponent(later.signIn, 'SignInScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/place',
    component: lazyRouteComponent(later.place, 'PlaceScreen'),
  }),
  createRoute({ getParentRoute: () => rootRoute, path: '/lane', component: LaneScreen }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/post',
    component: lazyRouteComponent(later.post, 'PostScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/round',
    component: lazyRouteComponent(later.round, 'RoundScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/round/$id',
    component: lazyRouteComponent(later.household, 'HouseholdScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/clock-in',
    component: lazyRouteComponent(later.clockIn, 'ClockInScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/records',
    component: lazyRouteComponent(later.records, 'RecordsScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/correct/$id',
    component: lazyRouteComponent(later.correct, 'CorrectScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/override',
    component: lazyRouteComponent(later.override, 'OverrideScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/handovers',
    component: lazyRouteComponent(later.handovers, 'HandoversScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/handovers/$id',
    component: lazyRouteComponent(later.handover, 'HandoverScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/manifest',
    component: lazyRouteComponent(later.manifest, 'ManifestScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/partner',
    component: lazyRouteComponent(later.pairing, 'PairingScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings',
    component: lazyRouteComponent(later.settings, 'SettingsScreen'),
  }),
])

const makeRouter = () =>
  createRouter({
    routeTree,
    basepath: '/field',
    history: createBrowserHistory(),
    defaultPendingMs: 300,
    defaultPendingComponent: Opening,
    defaultErrorComponent: NotOpened,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}

export const App = ({ field }: { readonly field: Field }) => {
  const [router] = useState(makeRouter)
  useLaterScreens()
  return (
    <FieldProvider value={field}>
      <RouterProvider router={router} />
    </FieldProvider>
  )
}
