import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { grammar, slash } from '../src/commands/grammar.ts';

/** What each Web API method that the bot uses wants. Source: Slack, the methods' own pages. */
const scopesOf: Record<string, string[]> = {
  'auth.test': [],
  'apps.connections.open': [], // the app-level token's
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.getPermalink': [],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.history': ['channels:history', 'groups:history'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'users.info': ['users:read'],
  'chat.postEphemeral': ['chat:write'],
  'reactions.get': ['reactions:read'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'conversations.open': ['im:write'],
  'usergroups.users.list': ['usergroups:read'],
};

interface Manifest {
  features: { slash_commands: { command: string; should_escape: boolean; usage_hint: string }[] };
  oauth_config: { scopes: { bot: string[] } };
  settings: { event_subscriptions?: { bot_events?: string[] }; interactivity: { is_enabled: boolean } };
}

const root = new URL('../', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('manifest.json', root), 'utf8')) as Manifest;
const folder = new URL('src/slack/', root);
const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(new URL(path, folder), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''))
  .join('\n');

describe('manifest.json', () => {
  const called = [
    ...[...source.matchAll(/\bclient\s*\.((?:[a-z]+\.)+[a-zA-Z]+)\(/g)].map(([, method]) => method),
    ...[...source.matchAll(/\bapiCall\('([^']+)'/g)].map(([, method]) => method),
  ].filter((method): method is string => method !== undefined && !/^(start|disconnect|on)$/.test(method));
  const used = [...new Set(called)];

  it('is asked about every Web API method in src/slack', () => {
    expect(used.length).toBeGreaterThan(5);
    for (const method of used) expect(Object.keys(scopesOf)).toContain(method);
  });

  it('asks for the scopes of the methods in use, and for no more', () => {
    // The slash command itself is one.
    const needed = new Set(['commands', ...used.flatMap((method) => scopesOf[method] ?? [])]);
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...needed].sort());
  });

  it('has the one slash command of the grammar, escaped, with words that exist in its hint', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual([slash]);
    const [mesos] = manifest.features.slash_commands;
    expect(mesos?.should_escape).toBe(true);
    const words = grammar.map(({ verb }) => verb as string);
    for (const part of mesos?.usage_hint.split(' | ') ?? []) expect(words).toContain(part.split(' ')[0]);
  });

  it('subscribes to the events that have a listener, and to interactivity only with one', () => {
    const listeners = [...source.matchAll(/\bapp\.event\('([^']+)'/g)].map(([, event]) => event);
    const subscribed = manifest.settings.event_subscriptions?.bot_events ?? [];
    expect([...subscribed].sort()).toEqual(listeners.sort());
    expect(manifest.settings.interactivity.is_enabled).toBe(/\bapp\.(action|view|shortcut)[<(]/.test(source));
  });
});
