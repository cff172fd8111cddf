/** Shows the page on the whole screen, or brings it back. The browser may refuse the screen; the layout changes all the same. */
export const toggleWall = (
  on: boolean,
  change: (part: { readonly wall: true | undefined }) => void,
): void => {
  change({ wall: on ? undefined : true })
  const asked = on ? document.exitFullscreen() : document.documentElement.requestFullscreen()
  asked.catch(() => undefined)
}
