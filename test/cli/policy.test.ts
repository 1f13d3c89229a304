import { describe, expect, it } from '@jest/globals';
import { policyCommand } from '../../src/cli/policy-command.ts';
import { instant } from '../../src/domain/ids.ts';

const file = `clusters:
  prod:
    policy:
      operators: [U111, S222]
      approvers: [U333, U444, U555]
      approvals: { needed: 2, hold: 1m }
      freezes:
        - name: holidays
          from: 12-20 00:00
          until: 01-04 08:00
          zone: Europe/Berlin
  lab: {}
`;

function check(args: string[], text = file, env: Record<string, string> = {}) {
  const said: string[] = [];
  const complained: string[] = [];
  const status = policyCommand(args, {
    env,
    files: {
      read: (path) => {
        if (path === 'no.yaml') throw Object.assign(new Error('no'), { code: 'ENOENT' });
        return text;
      },
      mode: () => 0o600,
    },
    now: instant(Date.UTC(2026, 11, 24, 12)),
    print: (line) => said.push(line),
    complain: (line) => complained.push(line),
  });
  return { status, said: said.join('\n'), complained: complained.join('\n') };
}

describe('npm run policy -- check', () => {
  it('prints the policy of each cluster in words, with what the variables say', () => {
    const { status, said, complained } = check(['check', 'p.yaml'], file, { OPERATORS: 'U999' });
    expect([status, complained]).toEqual([0, '']);
    expect(said).toMatch(/^Cluster prod\n {2}operators +U111, group S222\n/);
    expect(said).toMatch(/^ {2}approvals\.needed +2, besides the one who asks$/m);
    expect(said).toMatch(
      /^ {2}freezes +holidays \(every year from 20 Dec 00:00 until 4 Jan 08:00, Europe\/Berlin; drain, .*\)$/m,
    );
    expect(said).toMatch(/^Cluster lab\n {2}operators +U999\n {2}approvers +nobody\n/m);
  });

  it('prints what can be used and is hardly meant, with its place', () => {
    expect(check(['check', 'p.yaml']).said).toContain(
      `To look at again, though it can be used:
  - p.yaml:8: clusters.prod.policy.freezes.0 (holidays) is on now
  - p.yaml:12: clusters.lab.policy.operators is empty`,
    );
  });

  it('prints what the variables say where there is no file', () => {
    const { status, said } = check(['check'], '', {
      OPERATORS: 'U1',
      APPROVERS: 'U2,U3',
      MESOS_CLUSTER: 'east',
    });
    expect(status).toBe(0);
    expect(said).toMatch(/^Cluster east\n {2}operators +U1\n {2}approvers +U2, U3\n/);
  });

  it.each<[string, string[], string, Record<string, string>, RegExp[]]>([
    [
      'every problem with its line',
      ['check', 'p.yaml'],
      file.replace('needed: 2', 'needed: 0').replace('Europe/Berlin', 'Berlin').replace('U111', 'alice'),
      {},
      [
        /^ {2}- p\.yaml:4: clusters\.prod\.policy\.operators\.0 "alice" is neither a user ID/m,
        /^ {2}- p\.yaml:6: clusters\.prod\.policy\.approvals\.needed must be a whole number from 1/m,
        /^ {2}- p\.yaml:11: clusters\.prod\.policy\.freezes\.0\.zone "Berlin" is not a time zone/m,
      ],
    ],
    [
      'one person for both, by the variables',
      ['check'],
      '',
      { OPERATORS: 'U1', APPROVERS: 'U1' },
      [/^ {2}- APPROVERS is U1 alone, who is the only operator too: there is no second person$/m],
    ],
    [
      'a file that is not there',
      ['check', 'no.yaml'],
      '',
      {},
      [/CONFIG_FILE "no.yaml" can't be read \(ENOENT\)/],
    ],
    ['a file that is no YAML', ['check', 'p.yaml'], 'a: [', {}, [/p\.yaml:1: /]],
    ['no word', [], '', {}, [/^What: check\?$/m, /npm run policy -- check/]],
    ['another word', ['show'], '', {}, [/^“show” is not check\.$/m]],
    ['two files', ['check', 'a', 'b'], '', {}, [/^One file at a time\.$/m]],
  ])('exits with 2 on %s', (_, args, text, env, patterns) => {
    const { status, said, complained } = check(args, text, env);
    expect([status, said]).toEqual([2, '']);
    for (const pattern of patterns) expect(complained).toMatch(pattern);
  });

  it('explains itself', () => {
    expect(check(['--help'])).toMatchObject({ status: 0, said: expect.stringContaining('check [FILE]') });
  });
});
