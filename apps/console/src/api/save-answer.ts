import { frontHeader } from '@guankou/contract/client.ts'
import type { BodyOf, EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import type { ErrorBody } from '@guankou/contract/errors.ts'
import { RequestFailure } from '#src/api/client.ts'

const refusalIn = async (response: Response): Promise<RequestFailure> => {
  try {
    const error = (await response.json()) as ErrorBody
    return new RequestFailure({ is: 'refused', status: response.status, error })
  } catch {
    return new RequestFailure({ is: 'unreachable', reason: `HTTP ${response.status}` })
  }
}

const nameIn = (response: Response, otherwise: string): string =>
  /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? otherwise

/**
 * Asks an endpoint that answers a file, and hands it to the browser to save under the name that the server gave it.
 * @param otherwise  the name where it gave none   @throws RequestFailure
 */
export const saveAnswer = async <const D extends EndpointDeclaration>(
  { path }: D,
  body: BodyOf<D>,
  otherwise: string,
): Promise<void> => {
  const response = await fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { [frontHeader]: 'console', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch((cause: unknown) => {
    throw new RequestFailure({ is: 'unreachable', reason: String(cause) })
  })
  if (!response.ok) throw await refusalIn(response)
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = nameIn(response, otherwise)
  link.click()
  URL.revokeObjectURL(address)
}
