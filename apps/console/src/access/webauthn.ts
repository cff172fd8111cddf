import type {
  PasskeyAssertion,
  PasskeyAttestation,
  startPasskey,
  startPasskeySignIn,
} from '@guankou/contract/access/passkeys.ts'
import type { OutputOf } from '@guankou/contract/endpoint.ts'

/** The person closed the browser's own dialog, or it timed out; nobody is to blame. */
export class PasskeyCancelled extends Error {
  constructor(cause: unknown) {
    super('the passkey dialog was closed', { cause })
    this.name = 'PasskeyCancelled'
  }
}

const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

const toText = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

const ask = async (asking: Promise<Credential | null>): Promise<PublicKeyCredential> => {
  const credential = await asking.catch((cause: unknown) => {
    throw new PasskeyCancelled(cause)
  })
  if (credential instanceof PublicKeyCredential) return credential
  throw new PasskeyCancelled(undefined)
}

const idOf = ({ rawId }: PublicKeyCredential) => ({
  id: toText(rawId),
  rawId: toText(rawId),
  type: 'public-key' as const,
  clientExtensionResults: {},
})

/** Whether this browser can use passkeys at this address at all. */
export const canUsePasskeys = (): boolean => window.isSecureContext && 'PublicKeyCredential' in window

/** Lets a passkey sign a challenge. @throws PasskeyCancelled */
export const signWithPasskey = async (
  challenge: OutputOf<typeof startPasskeySignIn>,
): Promise<PasskeyAssertion> => {
  const { rpId, timeout, userVerification } = challenge
  const publicKey = { challenge: toBytes(challenge.challenge), rpId, timeout, userVerification }
  const credential = await ask(navigator.credentials.get({ publicKey }))
  const response = credential.response as AuthenticatorAssertionResponse
  return {
    ...idOf(credential),
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      authenticatorData: toText(response.authenticatorData),
      signature: toText(response.signature),
      ...(response.userHandle === null ? {} : { userHandle: toText(response.userHandle) }),
    },
  }
}

/** Makes a passkey. @throws PasskeyCancelled */
export const makePasskey = async (options: OutputOf<typeof startPasskey>): Promise<PasskeyAttestation> => {
  const { challenge, rp, user, algorithms, timeout, excludeCredentials } = options
  const credential = await ask(
    navigator.credentials.create({
      publicKey: {
        challenge: toBytes(challenge),
        rp: { id: rp.id, name: rp.label },
        user: { id: toBytes(user.id), name: user.login, displayName: user.displayText },
        pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
        timeout,
        attestation: 'none',
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        excludeCredentials: excludeCredentials.map(({ id, type }) => ({ id: toBytes(id), type })),
      },
    }),
  )
  const response = credential.response as AuthenticatorAttestationResponse
  return {
    ...idOf(credential),
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      attestationObject: toText(response.attestationObject),
      transports: response.getTransports(),
    },
  }
}
