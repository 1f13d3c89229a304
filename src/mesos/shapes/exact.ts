import { z } from 'zod';

const known = new WeakSet<z.ZodType>();

/** The same shape, whose whole numbers reach it exact: as a bigint where a double could not hold them. */
export function exactly<T extends z.ZodType>(shape: T): T {
  known.add(shape);
  return shape;
}

/** Whether whole numbers have to reach a shape exact. */
export function isExact(shape: z.ZodType): boolean {
  return known.has(shape);
}

/** A number of JSON; one that only an int64 holds, exact. */
export function exactNumber(text: string): number | bigint {
  const near = Number(text);
  // Twenty characters hold any int64; the time that a bigint takes grows with the square of its length.
  return Number.isSafeInteger(near) || !/^-?\d{1,19}$/.test(text) ? near : BigInt(text);
}

/** An int64, exact; only within a shape that is {@link exactly} so. */
export const int64 = z
  .union([z.bigint(), z.int()])
  .transform((value) => BigInt(value))
  .refine((value) => BigInt.asIntN(64, value) === value, 'more than an int64 holds');
