import { type SoughtKind, soughtKinds } from '@guankou/contract/identity/look-up.ts'

/** Where the console lives on its server. */
export const consoleBase = '/console'

/** Every address of the console, relative to its base. */
export const paths = {
  home: '/',
  signIn: '/sign-in',
  situation: '/situation',
  posts: '/posts',
  post: '/post',
  origins: '/origins',
  monitoring: '/monitoring',
  handovers: '/hand-overs',
  testing: '/testing',
  testResults: '/test-results',
  worklists: '/worklists',
  calls: '/calls',
  pairing: '/pairing',
  paper: '/paper',
  followUp: '/follow-up',
  quarantine: '/quarantine',
  episode: '/episode',
  rounds: '/rounds',
  household: '/household',
  matching: '/match-lists',
  devices: '/devices',
  retention: '/retention',
  lookUp: '/look-up',
  exports: '/exports',
  decisions: '/decisions',
  accesses: '/accesses',
  requests: '/requests',
  audit: '/audit',
  accounts: '/accounts',
  account: '/account',
  finishSignIn: '/finish-sign-in',
} as const

/** Pages outside the console, on the same server. */
export const outside = { apiDocs: '/api/docs', portal: '/portal/' } as const

export type SituationView = {
  readonly area?: number
  /** Left out: today in the time zone of the area. */
  readonly day?: string
  /** The post whose figures are open. */
  readonly post?: number
  readonly compare?: boolean
  readonly origins?: 'map' | 'table'
  /** Column that the origins are sorted by, a minus in front for the largest first. */
  readonly sort?: string
  readonly city?: 'map' | 'table'
  readonly curve?: 'chart' | 'table'
  readonly wall?: boolean
  readonly keys?: boolean
}

export type OriginsView = {
  readonly area?: number
  /** The day as of which is told; left out: the newest that there is a result for. */
  readonly day?: string
  /** The origin whose trend and counts are open. */
  readonly origin?: number
  readonly sort?: string
  readonly view?: 'map' | 'table'
  readonly measure?: 'expected' | 'arrivals'
  readonly keys?: boolean
}

export type PostsView = {
  readonly area?: number
  readonly day?: string
  readonly sort?: string
  readonly keys?: boolean
}
/** One post on one day. */
export type PostPageView = {
  readonly post?: number
  readonly day?: string
  readonly curve?: 'chart' | 'table'
  readonly keys?: boolean
}
export type DevicesView = { readonly keys?: boolean }

type Search = Readonly<Record<string, unknown>>

const code = (value: unknown): number | undefined => {
  const number = Number(value)
  return Number.isInteger(number) && number >= 100_000 && number <= 999_999 ? number : undefined
}
const positive = (value: unknown): number | undefined => {
  const number = Number(value)
  return Number.isInteger(number) && number > 0 ? number : undefined
}
const day = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return undefined
  const time = Date.parse(`${value}T00:00:00Z`)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(value) ? value : undefined
}
const sortWord = (value: unknown): string | undefined =>
  typeof value === 'string' && /^-?[a-zA-Z]{1,30}$/.test(value) ? value : undefined
const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined)
const oneOf = <const T extends string>(value: unknown, words: readonly T[]): T | undefined =>
  words.find((word) => word === value)

/** Leaves out what is undefined, so that addresses stay short. */
const present = <T extends object>(view: { readonly [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined)) as T

/** What an address says of the Situation page; whatever is malformed counts as left out. */
export const readSituationView = (search: Search): SituationView =>
  present<Required<SituationView>>({
    area: code(search.area),
    day: day(search.day),
    post: positive(search.post),
    compare: flag(search.compare),
    origins: oneOf(search.origins, ['map', 'table']),
    sort: sortWord(search.sort),
    city: oneOf(search.city, ['map', 'table']),
    curve: oneOf(search.curve, ['chart', 'table']),
    wall: flag(search.wall),
    keys: flag(search.keys),
  })

export const readPostsView = (search: Search): PostsView =>
  present<Required<PostsView>>({
    area: code(search.area),
    day: day(search.day),
    sort: sortWord(search.sort),
    keys: flag(search.keys),
  })

export const readPostPageView = (search: Search): PostPageView =>
  present<Required<PostPageView>>({
    post: positive(search.post),
    day: day(search.day),
    curve: oneOf(search.curve, ['chart', 'table']),
    keys: flag(search.keys),
  })

/** An area, a post, and whether the keys are shown: what several pages have in their address. */
export const readAreaView = (search: Search): { area?: number; post?: number; keys?: boolean } =>
  present<{ area: number; post: number; keys: boolean }>({
    area: code(search.area),
    post: positive(search.post),
    keys: flag(search.keys),
  })

export const readOriginsView = (search: Search): OriginsView =>
  present<Required<OriginsView>>({
    area: code(search.area),
    day: day(search.day),
    origin: code(search.origin),
    sort: sortWord(search.sort),
    view: oneOf(search.view, ['map', 'table']),
    measure: oneOf(search.measure, ['expected', 'arrivals']),
    keys: flag(search.keys),
  })

/** A day of testing, and the post whose origins are open. */
export type TestingView = {
  readonly area?: number
  readonly day?: string
  readonly post?: number
  readonly sort?: string
  readonly keys?: boolean
}

export const readTestingView = (search: Search): TestingView =>
  present<Required<TestingView>>({
    area: code(search.area),
    day: day(search.day),
    post: positive(search.post),
    sort: sortWord(search.sort),
    keys: flag(search.keys),
  })

/** A day of decisions, and the screening whose reasons are open. */
export type DecisionsView = {
  readonly area?: number
  readonly day?: string
  readonly screening?: string
  readonly keys?: boolean
}

/** The post and day whose paper forms are keyed. */
export type PaperView = { readonly post?: number; readonly day?: string; readonly keys?: boolean }

export const readPaperView = (search: Search): PaperView =>
  present<Required<PaperView>>({
    post: positive(search.post),
    day: day(search.day),
    keys: flag(search.keys),
  })

const uuid = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value) ? value : undefined

export const readDecisionsView = (search: Search): DecisionsView =>
  present<Required<DecisionsView>>({
    area: code(search.area),
    day: day(search.day),
    screening: uuid(search.screening),
    keys: flag(search.keys),
  })

/** What is looked for by, and among which screenings; never whom: that would stay in the history of the browser. */
export type LookUpView = {
  readonly kind?: SoughtKind
  readonly from?: string
  readonly until?: string
  readonly post?: number
  readonly keys?: boolean
}

export const readLookUpView = (search: Search): LookUpView =>
  present<Required<LookUpView>>({
    kind: oneOf(search.kind, soughtKinds),
    from: day(search.from),
    until: day(search.until),
    post: positive(search.post),
    keys: flag(search.keys),
  })

export const readRetentionView = (search: Search): DevicesView =>
  present<Required<DevicesView>>({ keys: flag(search.keys) })

export const readDevicesView = (search: Search): DevicesView =>
  present<Required<DevicesView>>({ keys: flag(search.keys) })

/** The one-time token in the fragment of a sign-in link, which never reaches a server log. */
export const tokenInFragment = (hash: string): string | undefined =>
  new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? undefined

/** The code of a refusal in the fragment, with which the identity provider's way back ends where it failed. */
export const failureInFragment = (hash: string): string | undefined =>
  new URLSearchParams(hash.replace(/^#/, '')).get('failed') ?? undefined

/** A token, or a whole link that holds one, as a person pastes it. */
export const tokenInText = (text: string): string | undefined => {
  const trimmed = text.trim()
  const found = /#token=([A-Za-z0-9_-]+)/.exec(trimmed)?.[1] ?? trimmed
  return /^[A-Za-z0-9_-]{16,128}$/.test(found) ? found : undefined
}
