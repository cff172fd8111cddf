import type { TestingState } from './learn.ts'

/** A state as bytes: the length of the head, the head as JSON, then mean and covariance as 64-bit floats, little-endian. */
export const encodeState = ({ day, types, belief }: TestingState): Buffer => {
  const head = Buffer.from(JSON.stringify({ day, types }))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(head.length)
  const bytes = (values: Float64Array): Buffer =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  return Buffer.concat([length, head, bytes(belief.mean), bytes(belief.covariance)])
}

/** @throws RangeError where the bytes are not those of a state */
export const decodeState = (content: Buffer): TestingState => {
  const headEnds = 4 + content.readUInt32LE(0)
  const head = JSON.parse(content.subarray(4, headEnds).toString()) as Pick<TestingState, 'day' | 'types'>
  // A copy, so that the floats begin at a multiple of eight bytes.
  const floats = new Float64Array(new Uint8Array(content.subarray(headEnds)).buffer)
  const origins = head.types.length
  const size = Math.round((Math.sqrt(1 + 4 * floats.length) - 1) / 2)
  if (size < origins || size * (size + 1) !== floats.length)
    throw new RangeError('not the content of a state')
  return {
    ...head,
    belief: { origins, mean: floats.slice(0, size), covariance: floats.slice(size) },
  }
}
