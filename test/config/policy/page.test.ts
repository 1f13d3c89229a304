import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { readPolicies } from '../../../src/config/read-policies.ts';
import { instant } from '../../../src/domain/ids.ts';
import { policyInWords } from '../../../src/domain/policy/in-words.ts';
import { defaultPolicy } from '../../../src/domain/policy.ts';

const page = readFileSync(new URL('../../../docs/policy.md', import.meta.url), 'utf8');
const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];

it('docs/policy.md has an example that can be used, and says something of every setting', () => {
  const read = readPolicies(
    { CONFIG_FILE: 'x.yaml' },
    { read: () => example, mode: () => 0o600 },
    instant(Date.UTC(2026, 10, 25)),
  );
  expect(read.problems).toEqual([]);
  const [prod] = read.clusters;
  const defaults = policyInWords(defaultPolicy);
  const said = policyInWords(prod?.policy ?? defaultPolicy);
  const notShown = said
    .filter(({ words }, at) => words === defaults[at]?.words)
    .map(({ setting }) => setting);
  expect(notShown).toEqual(['approvals.emoji']);
});

it('docs/policy.md explains every setting', () => {
  const table = [...page.matchAll(/^\| `([a-z_.]+)` \|/gm)].map(([, setting]) => setting);
  expect(table).toEqual(policyInWords(defaultPolicy).map(({ setting }) => setting));
});
