import { type Parsed, parseJson } from './parse.ts';

/** What a field of a call may hold. */
export type FieldType = 'string' | 'bool' | 'int32' | 'int64' | 'double' | readonly string[] | Message;

export interface Field {
  readonly type: FieldType;
  readonly required?: boolean;
  readonly repeated?: boolean;
}

/** A protobuf message by field name; a list of strings as a type is an enum. */
export interface Message {
  readonly fields: Readonly<Record<string, Field>>;
}

/** A converted message. Absent means unset; a repeated field is an array. */
export type Proto = { [field: string]: ProtoValue };
export type ProtoValue = string | boolean | bigint | number | Proto | ProtoValue[];

export type Converted = { ok: true; value: Proto } | { ok: false; error: string };

class Unconvertible extends Error {}

const isMessage = (type: FieldType): type is Message => typeof type === 'object' && 'fields' in type;
const isNumber = (type: FieldType): boolean => type === 'int32' || type === 'int64' || type === 'double';

/** A C++ cast of a double to int64 on x86: towards zero, and out of range the smallest int64. */
const toInt64 = (value: bigint | number): bigint => {
  if (typeof value === 'bigint') return value;
  return Math.abs(value) < 2 ** 63 ? BigInt(Math.trunc(value)) : -(2n ** 63n);
};

const refuse = (kind: Parsed['kind'], name: string): never => {
  throw new Unconvertible(`Not expecting a JSON ${kind} for field '${name}'`);
};

const number = (value: bigint | number, type: FieldType): ProtoValue =>
  type === 'double' ? Number(value) : toInt64(value);

const fromString = (text: string, name: string, field: Field): ProtoValue | undefined => {
  const { type } = field;
  if (type === 'string') return text;
  if (isMessage(type)) return refuse('string', name);
  if (typeof type === 'object') {
    // An unknown name of an optional enum leaves it unset: this is how an unknown call type is refused.
    return type.includes(text) ? text : undefined;
  }
  const wanted = type === 'bool' ? 'boolean' : 'number';
  const parsed = parseJson(text);
  const wrong = !parsed.ok
    ? parsed.error
    : parsed.value.kind !== wanted
      ? `unexpected JSON type parsed for '${name}'`
      : null;
  if (wrong !== null) {
    throw new Unconvertible(`Failed to parse '${text}' as a JSON ${wanted} for field '${name}': ${wrong}`);
  }
  return parsed.ok ? fromValue(parsed.value, name, { type }) : undefined;
};

const fromValue = (value: Parsed, name: string, field: Field): ProtoValue | undefined => {
  const { type } = field;
  switch (value.kind) {
    case 'null':
      return undefined;
    case 'boolean':
      return type === 'bool' ? value.value : refuse('boolean', name);
    case 'number':
      return isNumber(type) ? number(value.value, type) : refuse('number', name);
    case 'string':
      return fromString(value.value, name, field);
    case 'object':
      return isMessage(type) ? fromFields(value.fields, type) : refuse('object', name);
    case 'array':
      return refuse('array', name);
    default: {
      const never: never = value;
      return never;
    }
  }
};

const fromFields = (fields: Map<string, Parsed>, message: Message): Proto => {
  const proto: Proto = {};
  for (const [name, value] of fields) {
    const field = message.fields[name];
    if (field === undefined) continue; // Unknown keys are ignored without a word (mesos-api 0).
    const list = field.repeated && value.kind === 'array' ? value.items : [value];
    const values = list.map((item) => fromValue(item, name, field)).filter((item) => item !== undefined);
    if (field.repeated) proto[name] = values;
    else if (values[0] !== undefined) proto[name] = values[0];
  }
  return proto;
};

const missing = (proto: Proto, message: Message, path: string): string[] =>
  Object.entries(message.fields).flatMap(([name, { type, required, repeated }]) => {
    const value = proto[name];
    if (value === undefined) return required ? [`${path}${name}`] : [];
    if (!isMessage(type)) return [];
    if (repeated) {
      return (value as Proto[]).flatMap((item, i) => missing(item, type, `${path}${name}[${i}].`));
    }
    return missing(value as Proto, type, `${path}${name}.`);
  });

/** Converts as strictly and as laxly as mesos 3rdparty/stout/include/stout/protobuf.hpp: unknown keys and `null`
 * are skipped, numbers may be strings, a float is cut to an integer. */
export function toProto(json: Parsed, message: Message): Converted {
  if (json.kind !== 'object') return { ok: false, error: 'Expecting a JSON object' };
  try {
    const value = fromFields(json.fields, message);
    const lacking = missing(value, message, '');
    if (lacking.length > 0) return { ok: false, error: `Missing required fields: ${lacking.join(', ')}` };
    return { ok: true, value };
  } catch (error) {
    if (error instanceof Unconvertible) return { ok: false, error: error.message };
    throw error;
  }
}
