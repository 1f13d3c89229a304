import { editDistance, nearest } from '../domain/nearest.ts';
import { variables } from './variables.ts';

/** The common prefix makes any two names alike; only a few wrong letters make a mistyped one. */
const mostWrong = 3;

const prefixes = ['MESOS_', 'SLACK_'];

/** A warning for every set variable that looks like one of ours and is none: most are typing mistakes, and a
 * mistyped limit would silently not hold. Some are others' (a Mesos task finds MESOS_TASK_ID in its environment),
 * so that they can't be problems. */
export function strangersAmong(env: Record<string, string | undefined>): string[] {
  const names = Object.keys(variables);
  return Object.keys(env)
    .filter((name) => prefixes.some((prefix) => name.startsWith(prefix)) && !Object.hasOwn(variables, name))
    .sort()
    .map((name) => {
      const [meant] = nearest(name, names).filter((right) => editDistance(name, right) <= mostWrong);
      return `${name} is not a variable of this bot and is ignored${meant === undefined ? '' : `; meant ${meant}?`}`;
    });
}
