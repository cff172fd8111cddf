import {
  createBrowserHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Field, FieldProvider } from '#src/runtime/field-context.ts'
import { LaneScreen } from '#src/screens/lane/LaneScreen.tsx'
import { PlaceScreen } from '#src/screens/PlaceScreen.tsx'
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
      <Outlet />
    </>
  )
}

const rootRoute = createRootRoute({ component: Frame, notFoundComponent: () => <Navigate to="/lane" /> })
const routeTree = rootRoute.addChildren([
  createRoute({ getParentRoute: () => rootRoute, path: '/', component: () => <Navigate to="/lane" /> }),
  createRoute({ getParentRoute: () => rootRoute, path: '/sign-in', component: SignInScreen }),
  createRoute({ getParentRoute: () => rootRoute, path: '/place', component: PlaceScreen }),
  createRoute({ getParentRoute: () => rootRoute, path: '/lane', component: LaneScreen }),
  createRoute({ getParentRoute: () => rootRoute, path: '/records', component: RecordsScreen }),
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
