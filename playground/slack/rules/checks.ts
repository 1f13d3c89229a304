/** What is wrong with a payload, in Slack's form: `[ERROR] what [json-pointer:/blocks/0/text]`. */
export type Complaints = string[];

/** Looks at one value and files what is wrong with it. `at` is its JSON pointer. */
export type Check = (value: unknown, at: string, complaints: Complaints) => void;

export type Fields = Record<string, { check: Check; isRequired: boolean }>;

export function complain(complaints: Complaints, what: string, at: string): void {
  complaints.push(`[ERROR] ${what} [json-pointer:${at}]`);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const required = (check: Check) => ({ check, isRequired: true });
export const optional = (check: Check) => ({ check, isRequired: false });

/** A string of `min` to `max` characters. */
export function text(min: number, max: number): Check {
  return (value, at, complaints) => {
    if (typeof value !== 'string') complain(complaints, 'must be a string', at);
    else if (value.length < min) complain(complaints, `must be more than ${min - 1} characters`, at);
    else if (value.length > max) complain(complaints, `must be less than ${max + 1} characters`, at);
  };
}

export const flag: Check = (value, at, complaints) => {
  if (typeof value !== 'boolean') complain(complaints, 'must be a boolean', at);
};

export const number: Check = (value, at, complaints) => {
  if (typeof value !== 'number') complain(complaints, 'must be a number', at);
};

export const url: Check = (value, at, complaints) => {
  text(1, 3000)(value, at, complaints);
  if (typeof value === 'string' && !URL.canParse(value)) complain(complaints, 'must be a valid URL', at);
};

export function oneOf(...allowed: string[]): Check {
  return (value, at, complaints) => {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      complain(complaints, `must be one of: ${allowed.join(', ')}`, at);
    }
  };
}

/** An array of `min` to `max` items, each checked. */
export function list(min: number, max: number, item: Check): Check {
  return (value, at, complaints) => {
    if (!Array.isArray(value)) return complain(complaints, 'must be an array', at);
    if (value.length < min) complain(complaints, `no fewer than ${min} items allowed`, at);
    if (value.length > max) complain(complaints, `no more than ${max} items allowed`, at);
    for (const [index, each] of value.entries()) item(each, `${at}/${index}`, complaints);
  };
}

/** An object with these fields and no others. */
export function object(fields: Fields): Check {
  return (value, at, complaints) => {
    if (!isRecord(value)) return complain(complaints, 'must be an object', at);
    for (const [name, field] of Object.entries(fields)) {
      if (value[name] !== undefined) field.check(value[name], `${at}/${name}`, complaints);
      else if (field.isRequired) complain(complaints, `missing required field: ${name}`, at);
    }
    for (const name of Object.keys(value)) {
      if (fields[name] === undefined) complain(complaints, `invalid additional property: ${name}`, at);
    }
  };
}

/** An object told apart by its `type`, each type with its own fields. */
export function typed(types: Record<string, Fields>): Check {
  return (value, at, complaints) => {
    if (!isRecord(value)) return complain(complaints, 'must be an object', at);
    const type = value['type'];
    if (type === undefined) return complain(complaints, 'missing required field: type', at);
    const fields = typeof type === 'string' && Object.hasOwn(types, type) ? types[type] : undefined;
    if (fields === undefined) return complain(complaints, `unsupported type: ${String(type)}`, `${at}/type`);
    object({ type: required(text(1, 255)), ...fields })(value, at, complaints);
  };
}

/** Both checks. */
export function both(first: Check, second: Check): Check {
  return (value, at, complaints) => {
    first(value, at, complaints);
    second(value, at, complaints);
  };
}
