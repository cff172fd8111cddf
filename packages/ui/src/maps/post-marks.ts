/** What a mark calls for. `silent`: nothing came from the post lately. */
export type MarkState = 'well' | 'look' | 'act' | 'silent'

export type PostFigures = {
  /** Pace of the last hour or so. */
  readonly vehiclesPerHour: number
  /** People with a reading at or over the threshold in that time. */
  readonly febrileRecently: number
  /** Estimated wait, or null where no queue was seen recently. */
  readonly waitMinutes: number | null
}

export type PostMark = {
  readonly id: number
  readonly name: string
  readonly longitude: number
  readonly latitude: number
  readonly radiusPixels: number
  readonly state: MarkState
  readonly illustrative: boolean
  readonly figures: PostFigures
}

export const smallestRadiusPixels = 4
export const largestRadiusPixels = 17
/** A flow under this never gets the largest circle, so that a quiet night looks quiet. */
export const fullCircleVehiclesPerHour = 40

/**
 * Radius of a circle whose area goes with the flow.
 * @param most the largest flow of the map, which gets the largest circle
 * @returns pixels, at least `smallestRadiusPixels` so that a post without traffic can still be seen and hit
 */
export const radiusOfFlow = (vehiclesPerHour: number, most: number): number =>
  most <= 0
    ? smallestRadiusPixels
    : Math.max(smallestRadiusPixels, largestRadiusPixels * Math.sqrt(vehiclesPerHour / most))

/** Fever goes before queue, queue before silence. */
export const markStateOf = (figures: PostFigures, waitTargetMinutes: number): MarkState => {
  if (figures.febrileRecently > 0) return 'act'
  if (figures.waitMinutes !== null && figures.waitMinutes > waitTargetMinutes) return 'look'
  return figures.vehiclesPerHour === 0 ? 'silent' : 'well'
}

type PlacedPost = Pick<PostMark, 'id' | 'name' | 'longitude' | 'latitude' | 'illustrative'>

/** Marks of the posts, quiet ones first, so that what calls for someone is drawn on top. */
export const toPostMarks = (
  posts: readonly PlacedPost[],
  figuresOf: (postId: number) => PostFigures | undefined,
  waitTargetMinutes: number,
): readonly PostMark[] => {
  const none: PostFigures = { vehiclesPerHour: 0, febrileRecently: 0, waitMinutes: null }
  const most = Math.max(
    fullCircleVehiclesPerHour,
    ...posts.map((post) => figuresOf(post.id)?.vehiclesPerHour ?? 0),
  )
  const order: readonly MarkState[] = ['silent', 'well', 'look', 'act']
  return posts
    .map((post) => {
      const figures = figuresOf(post.id) ?? none
      return {
        ...post,
        figures,
        radiusPixels: radiusOfFlow(figures.vehiclesPerHour, most),
        state: markStateOf(figures, waitTargetMinutes),
      }
    })
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
}
