/**
 * Unix time in milliseconds that a UUID version 7 carries in its first 48 bits (RFC 9562 §5.7; the example is A.6).
 * @example uuidTimeMs('017f22e2-79b0-7cc3-98c4-dc0c0c07398f') // 1645557742000
 */
export const uuidTimeMs = (uuid: string): number => Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16)
