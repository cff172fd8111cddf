/**
 * The policy of the one file that reads pictures on the phone. It may compile the models' WebAssembly, which pages may not, and
 * it may call nobody: no picture can leave by it. A worker takes the policy of its own answer (CSP 3 §2.2).
 */
export const captureWorkerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"

/** Whether a file of the fronts, named by its path, is that one or a part of it. */
export const isCaptureWorker = (path: string): boolean =>
  path.includes('/field/') && path.includes('/assets/capture-') && path.endsWith('.js')
