import type { OutlineFeature } from '@guankou/geodata/boundaries/outline.ts'
import { echarts } from '#src/charts/echarts.ts'

const registered = new Set<string>()

/**
 * Makes outlines known to the charts under a name, once. A map called `china` gets the inset of the South China Sea
 * that ECharts adds by itself. Codes become texts, because a region is looked up by text.
 */
export const registerOutline = (mapName: string, features: readonly OutlineFeature[]): void => {
  if (registered.has(mapName)) return
  registered.add(mapName)
  const geoJson = {
    type: 'FeatureCollection',
    features: features.map((feature) => ({
      ...feature,
      properties: { ...feature.properties, code: String(feature.properties.code) },
    })),
  }
  echarts.registerMap(mapName, geoJson as unknown as Parameters<typeof echarts.registerMap>[1])
}
