import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { AccountPage } from '#src/access/AccountPage.tsx'
import { FinishSignInPage } from '#src/access/FinishSignInPage.tsx'
import { SignInPage } from '#src/access/SignInPage.tsx'
import { AccessesPage } from '#src/accesses/AccessesPage.tsx'
import { AccountsPage } from '#src/accounts/AccountsPage.tsx'
import { placesQuery, sessionQuery } from '#src/api/queries.ts'
import { AuditPage } from '#src/audit/AuditPage.tsx'
import { DevicesPage } from '#src/devices/DevicesPage.tsx'
import { ExportsPage } from '#src/exports/ExportsPage.tsx'
import { FollowUpPage } from '#src/follow-up/FollowUpPage.tsx'
import { HandoversPage } from '#src/handovers/HandoversPage.tsx'
import { readHandoversView } from '#src/handovers/handovers-view.ts'
import { HouseholdPage } from '#src/households/file/HouseholdPage.tsx'
import { readHouseholdView } from '#src/households/file/household-view.ts'
import { RoundsPage } from '#src/households/RoundsPage.tsx'
import { readRoundsView } from '#src/households/rounds-view.ts'
import { homeOf } from '#src/layout/pages.ts'
import { RouteFailure } from '#src/layout/RouteFailure.tsx'
import { SignedInLayout } from '#src/layout/SignedInLayout.tsx'
import { LookUpPage } from '#src/look-up/LookUpPage.tsx'
import { MatchingPage } from '#src/matching/MatchingPage.tsx'
import { MonitoringPage } from '#src/monitoring/MonitoringPage.tsx'
import { readMonitoringView } from '#src/monitoring/monitoring-view.ts'
import { OriginsPage } from '#src/origins/OriginsPage.tsx'
import { PairingPage } from '#src/pairing/PairingPage.tsx'
import { PaperPage } from '#src/paper/PaperPage.tsx'
import {
  consoleBase,
  paths,
  readAreaView,
  readDecisionsView,
  readDevicesView,
  readLookUpView,
  readOriginsView,
  readPaperView,
  readPostPageView,
  readPostsView,
  readRetentionView,
  readSituationView,
  readTestingView,
} from '#src/path-builder.ts'
import { PostPage } from '#src/posts/PostPage.tsx'
import { PostsPage } from '#src/posts/PostsPage.tsx'
import { EpisodePage } from '#src/quarantine/EpisodePage.tsx'
import { QuarantinePage } from '#src/quarantine/QuarantinePage.tsx'
import { readEpisodeView, readQuarantineView } from '#src/quarantine/quarantine-view.ts'
import { RequestsPage } from '#src/requests/RequestsPage.tsx'
import { RetentionPage } from '#src/retention/RetentionPage.tsx'
import { DecisionsPage } from '#src/screening/DecisionsPage.tsx'
import { SituationPage } from '#src/situation/SituationPage.tsx'
import { ResultsPage } from '#src/testing/ResultsPage.tsx'
import { TestingPage } from '#src/testing/TestingPage.tsx'
import { CallsPage } from '#src/worklists/CallsPage.tsx'
import { WorklistsPage } from '#src/worklists/WorklistsPage.tsx'

const root = createRootRouteWithContext<{ readonly queryClient: QueryClient }>()({
  component: Outlet,
  errorComponent: ({ error }) => <RouteFailure error={error} />,
  notFoundComponent: () => <RouteFailure />,
})

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.fetchQuery(sessionQuery)
    if (session === null) throw redirect({ to: paths.signIn as string })
    if (session.lacks !== undefined) throw redirect({ to: paths.finishSignIn as string })
  },
  component: SignedInLayout,
})

const home = createRoute({
  getParentRoute: () => root,
  path: paths.home,
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.fetchQuery(sessionQuery)
    throw redirect({ to: session === null ? (paths.signIn as string) : homeOf(session) })
  },
})

const finishSignIn = createRoute({
  getParentRoute: () => root,
  path: paths.finishSignIn,
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.fetchQuery(sessionQuery)
    if (session?.lacks === undefined) throw redirect({ to: paths.home as string })
  },
  component: FinishSignInPage,
})

const signInRoute = createRoute({ getParentRoute: () => root, path: paths.signIn, component: SignInPage })

const situation = createRoute({
  getParentRoute: () => signedIn,
  path: paths.situation,
  validateSearch: readSituationView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: SituationPage,
})

const posts = createRoute({
  getParentRoute: () => signedIn,
  path: paths.posts,
  validateSearch: readPostsView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: PostsPage,
})

const post = createRoute({
  getParentRoute: () => signedIn,
  path: paths.post,
  validateSearch: readPostPageView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: PostPage,
})

const monitoring = createRoute({
  getParentRoute: () => signedIn,
  path: paths.monitoring,
  validateSearch: readMonitoringView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: MonitoringPage,
})

const handovers = createRoute({
  getParentRoute: () => signedIn,
  path: paths.handovers,
  validateSearch: readHandoversView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: HandoversPage,
})

const origins = createRoute({
  getParentRoute: () => signedIn,
  path: paths.origins,
  validateSearch: readOriginsView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: OriginsPage,
})

const testing = createRoute({
  getParentRoute: () => signedIn,
  path: paths.testing,
  validateSearch: readTestingView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: TestingPage,
})

const testResults = createRoute({
  getParentRoute: () => signedIn,
  path: paths.testResults,
  validateSearch: readTestingView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: ResultsPage,
})

const pairing = createRoute({
  getParentRoute: () => signedIn,
  path: paths.pairing,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: PairingPage,
})

const worklists = createRoute({
  getParentRoute: () => signedIn,
  path: paths.worklists,
  validateSearch: readDevicesView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: WorklistsPage,
})

const calls = createRoute({
  getParentRoute: () => signedIn,
  path: paths.calls,
  validateSearch: readDevicesView,
  component: CallsPage,
})

const matching = createRoute({
  getParentRoute: () => signedIn,
  path: paths.matching,
  validateSearch: readDevicesView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: MatchingPage,
})

const paper = createRoute({
  getParentRoute: () => signedIn,
  path: paths.paper,
  validateSearch: readPaperView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: PaperPage,
})

const quarantine = createRoute({
  getParentRoute: () => signedIn,
  path: paths.quarantine,
  validateSearch: readQuarantineView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: QuarantinePage,
})

const episode = createRoute({
  getParentRoute: () => signedIn,
  path: paths.episode,
  validateSearch: readEpisodeView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: EpisodePage,
})

const rounds = createRoute({
  getParentRoute: () => signedIn,
  path: paths.rounds,
  validateSearch: readRoundsView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: RoundsPage,
})

const followUp = createRoute({
  getParentRoute: () => signedIn,
  path: paths.followUp,
  validateSearch: readAreaView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: FollowUpPage,
})

const household = createRoute({
  getParentRoute: () => signedIn,
  path: paths.household,
  validateSearch: readHouseholdView,
  component: HouseholdPage,
})

const devices = createRoute({
  getParentRoute: () => signedIn,
  path: paths.devices,
  validateSearch: readDevicesView,
  component: DevicesPage,
})

const retention = createRoute({
  getParentRoute: () => signedIn,
  path: paths.retention,
  validateSearch: readRetentionView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: RetentionPage,
})

const audit = createRoute({
  getParentRoute: () => signedIn,
  path: paths.audit,
  validateSearch: readDevicesView,
  component: AuditPage,
})

const account = createRoute({
  getParentRoute: () => signedIn,
  path: paths.account,
  validateSearch: readDevicesView,
  component: AccountPage,
})

const accounts = createRoute({
  getParentRoute: () => signedIn,
  path: paths.accounts,
  validateSearch: readDevicesView,
  component: AccountsPage,
})

const lookUp = createRoute({
  getParentRoute: () => signedIn,
  path: paths.lookUp,
  validateSearch: readLookUpView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: LookUpPage,
})

const decisions = createRoute({
  getParentRoute: () => signedIn,
  path: paths.decisions,
  validateSearch: readDecisionsView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: DecisionsPage,
})

const lists = createRoute({
  getParentRoute: () => signedIn,
  path: paths.exports,
  validateSearch: readDevicesView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: ExportsPage,
})

const accesses = createRoute({
  getParentRoute: () => signedIn,
  path: paths.accesses,
  validateSearch: readDevicesView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: AccessesPage,
})

const requests = createRoute({
  getParentRoute: () => signedIn,
  path: paths.requests,
  validateSearch: readDevicesView,
  loader: ({ context }) => void context.queryClient.prefetchQuery(placesQuery),
  component: RequestsPage,
})

/**
 * Another page begins at its top, or where it was left on the way back; the same page in another state stays where it
 * is, so that what was pressed remains in sight. Asked once for each page that is shown.
 */
const isOtherPage = () => {
  let shown: string | undefined
  return ({ location }: { readonly location: { readonly pathname: string } }): boolean => {
    const isOther = location.pathname !== shown
    shown = location.pathname
    return isOther
  }
}

/** All pages of the console. */
export const createConsoleRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree: root.addChildren([
      home,
      signInRoute,
      finishSignIn,
      signedIn.addChildren([
        situation,
        posts,
        post,
        origins,
        monitoring,
        handovers,
        testing,
        testResults,
        worklists,
        calls,
        pairing,
        paper,
        followUp,
        quarantine,
        episode,
        rounds,
        household,
        matching,
        devices,
        retention,
        lookUp,
        decisions,
        lists,
        accesses,
        requests,
        audit,
        accounts,
        account,
      ]),
    ]),
    basepath: consoleBase,
    context: { queryClient },
    defaultPreload: false,
    scrollRestoration: isOtherPage(),
  })
