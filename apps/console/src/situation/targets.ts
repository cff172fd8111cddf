/** Wait at a post that the city does not want to see exceeded. */
export const waitTargetMinutes = 3

/** A queue that was seen longer ago than this says nothing about now. */
export const queueFreshMinutes = 60
