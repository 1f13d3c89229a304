import type { Options } from 'p-retry';
import pRetry from '../../node_modules/p-retry/index.js';

export { AbortError } from '../../node_modules/p-retry/index.js';

/** In the place of `p-retry` under Jest (jest.config.js): as many tries, and none waits for the wall's clock, which no story
 * can let pass. */
export default function retryAtOnce<T>(ask: (attempt: number) => PromiseLike<T> | T, options?: Options) {
  return pRetry(ask, { ...options, minTimeout: 0, maxTimeout: 0 });
}
