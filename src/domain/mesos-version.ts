/** Whether it is Mesos 1.10 or newer: 1.9 is the first that drains, and has faults of its own there (mesos-api 9). A version
 * that can't be read counts as old. */
export function isFrom110(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)(?:\.|$|-)/.exec(version) ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 10);
}
