import type { DeviceView } from '@guankou/contract/access/devices.ts'

const untouched = {
  keyed: true,
  revokedAt: null,
  revocationReason: null,
  wipeRequestedAt: null,
  wipedAt: null,
  losses: [],
}

const firstDevices = (nowMs: number): DeviceView[] => [
  {
    ...untouched,
    id: '7f1c4c3a-0b1d-4e59-9a5e-2f64f1f0a001',
    label: '下栅 1 车道',
    areaCode: 440402,
    enrolledAt: '2020-01-20T01:00:00.000Z',
    lastSeenAt: new Date(nowMs - 42_000).toISOString(),
    clockSkewSeconds: -3,
    outbox: { queued: 4, rejected: 1, unreadable: 0 },
    refusedTotal: 2,
    refused: [
      {
        at: new Date(nowMs - 900_000).toISOString(),
        commandId: '01900000-0000-7000-8000-0000000000aa',
        code: 'UNKNOWN_ORIGIN',
        path: '/travellers/0/origin/code',
      },
      { at: new Date(nowMs - 1_900_000).toISOString(), commandId: null, code: 'INVALID_INPUT', path: null },
    ],
  },
  {
    ...untouched,
    id: '7f1c4c3a-0b1d-4e59-9a5e-2f64f1f0a002',
    label: 'Jiuzhou Port 2',
    areaCode: 440402,
    enrolledAt: '2020-01-21T01:00:00.000Z',
    lastSeenAt: new Date(nowMs - 7_200_000).toISOString(),
    clockSkewSeconds: 340,
    outbox: { queued: 118, rejected: 0, unreadable: 0 },
    refusedTotal: 0,
    refused: [],
    losses: [
      {
        accountId: '7f1c4c3a-0b1d-4e59-9a5e-2f64f1f0b001',
        at: new Date(nowMs - 7_300_000).toISOString(),
        cause: 'pin-tries',
        commands: 1,
        commandIds: ['01900000-0000-7000-8000-0000000000bb'],
      },
    ],
  },
]

type Removal = {
  readonly deviceId: string
  readonly reason: DeviceView['revocationReason']
  readonly wipe: boolean
}

/** Devices that can be enrolled, revoked, wiped and restored, as far as the page asks. */
export const createStubDevices = () => {
  let devices = firstDevices(Date.now())
  const change = (id: string, more: Partial<DeviceView>): void => {
    devices = devices.map((device) => (device.id === id ? { ...device, ...more } : device))
  }
  const answers: Readonly<Record<string, (body: unknown) => unknown>> = {
    '/api/access/enrolment-codes': (body) => {
      const { area, label } = body as { area: number; label: string }
      return {
        code: 'K7QM4XTD01',
        label,
        areaCode: area,
        expiresAt: new Date(Date.now() + 600_000).toISOString(),
      }
    },
    '/api/access/revoke-device': (body) => {
      const { deviceId, reason, wipe } = body as Removal
      const at = new Date().toISOString()
      change(deviceId, { revokedAt: at, revocationReason: reason, wipeRequestedAt: wipe ? at : null })
      return { revoked: true }
    },
    '/api/access/restore-device': (body) => {
      change((body as Removal).deviceId, { ...untouched })
      return { restored: true }
    },
  }
  return {
    list: () => ({ devices }),
    answers,
    /** The phone says that it has wiped itself. */
    acknowledge: (id: string) => change(id, { wipedAt: new Date().toISOString() }),
  }
}
