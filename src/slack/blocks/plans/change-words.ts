import type { LineChange } from '../../../domain/plan/as-shown.ts';
import { plain } from '../text/escape.ts';

/** What is different from what was shown. */
export function changeWords(change: LineChange): string {
  switch (change.what) {
    case 'hostname':
    case 'address':
    case 'state':
      return `its ${change.what} was ${plain(change.was, 80)}, and is ${plain(change.is, 80)}`;
    case 'more-tasks':
      return `${change.was} tasks were shown, and ${change.is} run there now`;
    case 'tasks-not-known':
      return 'its tasks are not known any more';
    case 'tasks-came':
      return 'tasks run there by now, and so short a grace takes a second person';
    case 'last-instances':
      return 'its wave would take the last instances of something by now';
    case 'refused':
      return 'it can’t be done any more';
    case 'not-refused':
      return 'it can be done now';
  }
}
