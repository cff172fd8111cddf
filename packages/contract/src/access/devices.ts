import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { Count, DivisionCode, Instant, oneOf } from '../primitives.ts'
import { OutboxCounts } from '../sync/push.ts'
import { DeviceLoss } from './device-contact.ts'
import { revocationReasons } from './device-removal.ts'

const closed = { additionalProperties: false } as const

/** A command the server refused, without its content: the content stays on the phone of whoever made it. */
export const RefusedCommand = Type.Object(
  {
    at: Instant,
    commandId: Type.Union([Type.String(), Type.Null()]),
    code: Type.String(),
    path: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
)

export const DeviceView = Type.Object(
  {
    id: Type.String(),
    label: Type.String(),
    areaCode: DivisionCode,
    enrolledAt: Instant,
    /** Whether its key is registered: such a device proves itself with each push. */
    keyed: Type.Boolean(),
    revokedAt: Type.Union([Instant, Type.Null()]),
    revocationReason: Type.Union([oneOf(revocationReasons), Type.Null()]),
    wipeRequestedAt: Type.Union([Instant, Type.Null()]),
    /** When the phone said that it had deleted everything. */
    wipedAt: Type.Union([Instant, Type.Null()]),
    lastSeenAt: Type.Union([Instant, Type.Null()]),
    /** Device clock minus server clock at the last push. */
    clockSkewSeconds: Type.Union([Type.Number(), Type.Null()]),
    outbox: Type.Union([OutboxCounts, Type.Null()]),
    refusedTotal: Count,
    refused: Type.Array(RefusedCommand),
    /** Records that the phone can no longer send, newest first. */
    losses: Type.Array(DeviceLoss),
  },
  closed,
)
export type DeviceView = Static<typeof DeviceView>

export const listDevices = defineEndpoint({
  id: 'access.devices',
  method: 'GET',
  path: '/api/access/devices',
  summary: 'Devices of the area',
  description:
    'Each phone with its last contact, what waits on it, and what the server refused from it and why.',
  access: {
    roles: ['post-lead', 'duty-planner', 'commander', 'administrator', 'auditor'],
    area: 'actor',
    purpose: 'service-health',
  },
  audit: { action: 'access.devices', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: Type.Object({ devices: Type.Array(DeviceView) }, closed),
  errors: [],
})
