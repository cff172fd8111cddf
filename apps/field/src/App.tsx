import {
  createBrowserHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
  RouterProvider,
} from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Field, FieldProvider } from '#src/runtime/field-context.ts'
import { CorrectScreen } from '#src/screens/correct/CorrectScreen.tsx'
import { EnrolScreen } from '#src/screens/guard/EnrolScreen.tsx'
import { hasEnrolCode } from '#src/screens/guard/enrol-code.ts'
import { Guarded } from '#src/screens/guard/Guarded.tsx'
import { PinScreen } from '#src/screens/guard/PinScreen.tsx'
import { HandoverScreen } from '#src/screens/handovers/HandoverScreen.tsx'
import { HandoversScreen } from '#src/screens/handovers/HandoversScreen.tsx'
import { LaneScreen } from '#src/screens/lane/LaneScreen.tsx'
import { OverrideScreen } from '#src/screens/override/OverrideScreen.tsx'
import { PlaceScreen } from '#src/screens/PlaceScreen.tsx'
import { ClockInScreen } from '#src/screens/posts/ClockInScreen.tsx'
import { PostScreen } from '#src/screens/posts/PostScreen.tsx'
import { RecordsScreen } from '#src/screens/RecordsScreen.tsx'
import { SettingsScreen } from '#src/screens/SettingsScreen.tsx'
import { SignInScreen } from '#src/screens/SignInScreen.tsx'

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
  createRoute({ getParentRoute: () => rootRoute, path: '/enrol', component: EnrolScreen }),
  createRoute({ getParentRoute: () => rootRoute, path: '/pin', component: PinScreen }),
  createRoute({ getParentRoute: () => rootRoute, path: '/sign-in', component: SignInScreen }),
  createRoute({ getParentRoute: () => rootRoute, path: '/place', component: PlaceScreen }),
  createRoute({ getParentRoute: () => rootRoute, path: '/lane', component: LaneScreen }),
  createRoute({ getParentRoute: () => rootRoute, path: '/post', component: PostScreen }),
  createRoute({ getParentRoute: () => rootRoute, path: '/clock-in', component: ClockInScreen }),
  createRoute({ getParentRoute: () => rootRoute, path: '/records', component: RecordsScreen }),
  createRoute({ getParentRoute: () => rootRoute, path: '/correct/$id', component: CorrectScreen }),
  createRoute({ getParentRoute: () => rootRoute, path: '/override', component: OverrideScreen }),
  createRoute({ getParentRoute: () => rootRoute, path: '/handovers', component: HandoversScreen }),
  createRoute({ getParentRoute: () => rootRoute, path: '/handovers/$id', component: HandoverScreen }),
  createRoute({ getParentRoute: () => rootRoute, path: '/settings', component: SettingsScreen }),
])

const makeRouter = () => createRouter({ routeTree, basepath: '/field', history: createBrowserHistory() })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}

export const App = ({ field }: { readonly field: Field }) => {
  const [router] = useState(makeRouter)
  return (
    <FieldProvider value={field}>
      <RouterProvider router={router} />
    </FieldProvider>
  )
}
