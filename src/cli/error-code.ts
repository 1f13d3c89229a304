/** The system's code of a fault with a file, like `ENOENT`. */
export function errorCode(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown
    ? String(thrown.code)
    : 'unknown error';
}
