import { type ErrorBody, type ErrorCode, errors, type Refusal } from '@guankou/contract/errors.ts'
import type { FastifyReply } from 'fastify'

/** Seconds after which a client that was told “later” may try again. */
const usualRetryAfterSeconds = 1

/** The body of a refusal: code, what to do, and where in the input; nothing of how the server works. */
export const errorBody = (
  { code, path, retryAfterSeconds }: Refusal,
  more: { readonly detail?: string; readonly correlationId?: string } = {},
): ErrorBody => ({
  code,
  retry: errors[code].retry,
  text: errors[code].text,
  ...(path === undefined ? {} : { path }),
  ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  ...more,
})

/** Answers a refusal with the status of its code. */
export const sendRefusal = (
  reply: FastifyReply,
  refusal: Refusal,
  more: { readonly detail?: string; readonly correlationId?: string } = {},
): FastifyReply => {
  const { status } = errors[refusal.code]
  if (status === 429 || status === 503)
    reply.header('retry-after', refusal.retryAfterSeconds ?? usualRetryAfterSeconds)
  // Not the route's own serialiser: that one is made for the success schema.
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(errorBody(refusal, more))
}

const codesOfFramework: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_INVALID_JSON_BODY: 'INVALID_JSON',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'INVALID_JSON',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'INVALID_JSON',
  FST_ERR_BAD_URL: 'MALFORMED_REQUEST',
}

const codesOfStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'INVALID_JSON',
  // A path out of the folder of a front; nothing is said of what is there.
  403: 'NO_SUCH_ENDPOINT',
  404: 'NO_SUCH_ENDPOINT',
  413: 'BODY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
}

/** The code of an error that the framework raised before a handler ran; `undefined` for a bug of ours. */
export const codeOfFrameworkError = (error: { code?: string; statusCode?: number }): ErrorCode | undefined =>
  codesOfFramework[error.code ?? ''] ?? codesOfStatus[error.statusCode ?? 0]
