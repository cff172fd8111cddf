import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { LaunchFailure } from './say.mjs'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * A browser that tests can drive: the one named in `CHROMIUM_PATH`, one of the machine, or one Playwright fetched.
 * @returns {string | undefined}
 */
export function findChromium(env = process.env, exists = existsSync) {
  const named = env.CHROMIUM_PATH
  if (named) return exists(named) ? named : undefined
  return [...usualPlaces, ...playwrightPlaces(env)].find((place) => exists(place))
}

/** @param {NodeJS.ProcessEnv} env */
function playwrightPlaces(env) {
  const caches = [
    env.PLAYWRIGHT_BROWSERS_PATH,
    join(homedir(), '.cache', 'ms-playwright'),
    join(homedir(), 'Library', 'Caches', 'ms-playwright'),
  ]
  const programs = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  ]
  return caches.flatMap((cache) => {
    if (!cache || !existsSync(cache)) return []
    const versions = readdirSync(cache).filter((name) => name.startsWith('chromium-'))
    return versions.flatMap((version) => programs.map((program) => join(cache, version, program)))
  })
}

/**
 * Finds a browser, or installs Debian's when we are root on Debian or Ubuntu.
 * @returns {string}
 * @throws {LaunchFailure}
 */
export function ensureChromium() {
  const found = findChromium()
  if (found !== undefined) return found
  const isRoot = process.getuid?.() === 0
  if (!process.env.CHROMIUM_PATH && isRoot && existsSync('/usr/bin/apt-get')) {
    process.stderr.write('installing chromium and fonts-noto-cjk with apt-get 正在安装浏览器与中文字体\n')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-q'], { stdio: ['ignore', 'ignore', 'inherit'], env })
    const packages = ['chromium', 'fonts-noto-cjk']
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env,
    })
    const installed = findChromium()
    if (installed !== undefined) return installed
  }
  throw new LaunchFailure(
    'The browser tests need Chromium or Chrome: install one, or name its program in CHROMIUM_PATH, and try again.',
    '浏览器测试需要 Chromium 或 Chrome：请安装其一，或用 CHROMIUM_PATH 指明其程序位置，然后重试。',
  )
}
