/** The arguments of one Web API request, from a form or a JSON body alike. */
export class Arguments {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  /** The value as it came: text from a form, anything from JSON. */
  raw(name: string): unknown {
    return this.#values[name];
  }

  /** Null when absent or empty. */
  text(name: string): string | null {
    const value = this.#values[name];
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' && value !== '' ? value : null;
  }

  flag(name: string): boolean {
    const value = this.#values[name];
    return value === true || value === 'true' || value === '1' || value === 1;
  }

  /** A whole number from `min` to `max`; the fallback when absent or not a number. */
  count(name: string, fallback: number, min: number, max: number): number {
    const value = Number.parseInt(this.text(name) ?? '', 10);
    return Number.isNaN(value) ? fallback : Math.min(max, Math.max(min, value));
  }
}

/** Reads a request body by its content type. Null for one that can't be read. */
export function readArguments(contentType: string, body: string): Record<string, unknown> | null {
  if (!contentType.startsWith('application/json')) return Object.fromEntries(new URLSearchParams(body));
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : null;
  } catch {
    return null;
  }
}
