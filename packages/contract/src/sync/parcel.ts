import Type, { type Static } from 'typebox'

/** The kind of a command that travels sealed; it stands among the commands of a push. */
export const parcelKind = 'sync.parcel'

/** What binds a parcel to its place: the seal opens for no other device and no other command. */
export const parcelPlace = (deviceId: string, commandId: string): string =>
  `guankou-parcel-1\n${deviceId}\n${commandId}`

/**
 * A command sealed for the server alone (HPKE base mode, RFC 9180, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256,
 * AES-256-GCM), so that a phone may carry it under another session. `enc` and `ct` in base64url.
 */
export const Parcel = Type.Object(
  {
    kind: Type.Literal(parcelKind),
    id: Type.String({ format: 'uuid', maxLength: 36 }),
    enc: Type.String({ pattern: '^[A-Za-z0-9_-]{87}$', minLength: 87, maxLength: 87 }),
    ct: Type.String({ pattern: '^[A-Za-z0-9_-]{32,1000000}$', maxLength: 1_000_000 }),
  },
  { additionalProperties: false },
)
export type Parcel = Static<typeof Parcel>

/** What is in a parcel: who may be named as its maker, and the command itself. */
export const ParcelContent = Type.Object(
  { attribution: Type.String({ maxLength: 2_000 }), command: Type.Unknown() },
  { additionalProperties: false },
)
export type ParcelContent = Static<typeof ParcelContent>
