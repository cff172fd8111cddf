import type { FrontName } from '@guankou/contract/client.ts'
import type { BodyOf, EndpointDeclaration, OutputOf, QueryOf } from '@guankou/contract/endpoint.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import type { Result } from '#src/result.ts'

/** Present wherever the declaration names roles; the framework part has seen to it. */
type ActorOf<D extends EndpointDeclaration> = D['access']['roles'] extends 'anyone' ? undefined : Actor

export type Call<D extends EndpointDeclaration> = {
  readonly context: ServerContext
  readonly actor: ActorOf<D>
  readonly query: QueryOf<D>
  readonly body: BodyOf<D>
  readonly headers: { readonly lastEventId: string | undefined; readonly cookie: string | undefined }
  readonly client: CallingClient
}

/** What a call came from, as far as it says. */
export type CallingClient = {
  readonly address: string
  readonly front: FrontName | null
  /** What the browser calls itself, cut short. */
  readonly agent: string | null
  /** Scheme, host and port that the browser reached us at. */
  readonly origin: string
}

/** What an answer carries besides its body. */
export type Extras = {
  /** Opens or ends the session of the front that called. */
  readonly session?: { readonly token: string; readonly expiresAtMs: number } | 'ended'
  /** Version of the body; where the caller holds it already, 304 goes out instead. */
  readonly etag?: string
  /** Sends the browser on to this address; of endpoints that declare `redirects`, also with a refusal. */
  readonly redirectTo?: string
  /** What a refusal is about, for the audit: such as the account whose password was wrong. */
  readonly subject?: string
  /** Sent as a file to be saved instead of the body; made while it is sent. */
  readonly file?: {
    readonly contentType: string
    /** Letters, digits, dots and hyphens. */
    readonly name: string
    readonly content: AsyncIterable<Buffer>
  }
  /** Sent as it is instead of the body. It never changes under its address, so that anything on the way may keep it. */
  readonly ready?: {
    readonly contentType: string
    readonly plain: Buffer
    readonly gzip: Buffer
    readonly br: Buffer
  }
  /** Cookies beside that of the session, as `Set-Cookie` writes them. */
  readonly cookies?: readonly string[]
}

export type Handler<D extends EndpointDeclaration> = (call: Call<D>) => Promise<Result<OutputOf<D>> & Extras>

export type StreamHandler<D extends EndpointDeclaration> = (
  call: Call<D>,
  send: (event: { readonly id: string; readonly data?: OutputOf<D> }) => void,
) => Promise<() => void>

type AnyCall = Omit<Call<EndpointDeclaration>, 'actor' | 'query' | 'body'> & {
  readonly actor: Actor | undefined
  readonly query: unknown
  readonly body: unknown
}

/** An endpoint of the contract with what it does; the types of the call were checked when it was implemented. */
export type Implemented = {
  readonly declaration: EndpointDeclaration
  readonly handle?: (call: AnyCall) => Promise<Result<unknown> & Extras>
  readonly stream?: (
    call: AnyCall,
    send: (event: { readonly id: string; readonly data?: unknown }) => void,
  ) => Promise<() => void>
}

// The framework part validates a call against the declaration before it hands it over, which is what makes the two
// casts below true.
export const implement = <const D extends EndpointDeclaration>(
  declaration: D,
  handle: Handler<D>,
): Implemented => ({
  declaration,
  handle: handle as unknown as NonNullable<Implemented['handle']>,
})

export const implementStream = <const D extends EndpointDeclaration>(
  declaration: D,
  stream: StreamHandler<D>,
): Implemented => ({ declaration, stream: stream as unknown as NonNullable<Implemented['stream']> })
