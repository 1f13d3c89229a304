import { meantHours, toldHour } from './meant-hours.ts';

// Prints what becomes of each hour on a machine of each of the zones that are named: a process's own zone can only be changed
// where nothing stands between it and its environment, as a test runner does.

const said = process.argv.slice(2).map((machine) => {
  process.env['TZ'] = machine;
  return [machine, meantHours.map(([, meant, zone, now]) => toldHour(meant, zone, now))];
});
process.stdout.write(JSON.stringify(Object.fromEntries(said)));
