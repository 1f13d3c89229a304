/** A protobuf `double`: written with a decimal point even when it is whole (`2.0`). */
export class Double {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** What an answer is made of. `bigint` is an int64, written as a bare number however long; `number` is an
 * int32; a field that is `undefined` is left out. */
export type Json =
  | null
  | boolean
  | string
  | number
  | bigint
  | Double
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

export type JsonObject = { readonly [key: string]: Json | undefined };

export const double = (value: number): Double => new Double(value);

const objectText = (object: JsonObject, sorted: boolean): string => {
  const fields = Object.entries(object).filter(([, value]) => value !== undefined);
  if (sorted) fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, value]) => `${JSON.stringify(key)}:${writeJson(value ?? null, sorted)}`).join(',')}}`;
};

/** The JSON text as `mesos src/common/http.cpp, asV1Protobuf` writes it; with `sorted`, keys in alphabetical order
 * as `JSON::protobuf` (the registry endpoint) does. */
export function writeJson(value: Json, sorted = false): string {
  if (value === null) return 'null';
  if (value instanceof Double) {
    return Number.isInteger(value.value) ? `${value.value}.0` : String(value.value);
  }
  if (Array.isArray(value)) return `[${value.map((item: Json) => writeJson(item, sorted)).join(',')}]`;
  switch (typeof value) {
    case 'bigint':
      return value.toString();
    case 'object':
      return objectText(value as JsonObject, sorted);
    default:
      return JSON.stringify(value);
  }
}
