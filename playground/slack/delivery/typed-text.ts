import type { Workspace } from '../workspace/workspace.ts';

/** Endings that Slack's client takes for a web address. Only a few of the real ones. */
const LINKED = 'com|org|net|io|dev|app|cloud|example';
const address = new RegExp(
  `https?://[^\\s<>|]+|[\\w.+-]+@(?:[a-z0-9-]+\\.)+(?:${LINKED})\\b|(?:[a-z0-9-]+\\.)+(?:${LINKED})(?![\\w-]|\\.[a-z])(?::\\d+)?(?:/[^\\s<>|]*)?`,
  'gi',
);

/** `names` adds the |name behind a mention, as slash commands with should_escape get it. */
export interface TypedOptions {
  names: boolean;
}

/** What Slack makes of text a person typed: & < > escaped, @people, @groups and #channels as references, addresses
 * and bare hostnames as links (Slack: formatting, slash commands' should_escape). */
export function slackText(workspace: Workspace, typed: string, options: TypedOptions): string {
  const escaped = typed.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const linked = escaped.replace(address, (found) => {
    if (/^https?:/i.test(found)) return `<${found}>`;
    return found.includes('@') ? `<mailto:${found}|${found}>` : `<http://${found}|${found}>`;
  });
  return linked
    .replace(/(^|[\s(=])@([\w.-]+)/g, (all, before: string, name: string) => {
      const reference = mention(workspace, name, options);
      return reference === null ? all : before + reference;
    })
    .replace(/(^|[\s(=])#([\w-]+)/g, (all, before: string, name: string) => {
      const channel = [...workspace.channels.values()].find((each) => each.name === name);
      if (channel === undefined) return all;
      return `${before}<#${channel.id}${options.names ? `|${channel.name}` : ''}>`;
    });
}

function mention(workspace: Workspace, name: string, options: TypedOptions): string | null {
  const user = [...workspace.users.values()].find((each) => each.name === name);
  if (user !== undefined) return `<@${user.id}${options.names ? `|${user.name}` : ''}>`;
  const group = [...workspace.groups.values()].find((each) => each.handle === name);
  return group === undefined ? null : `<!subteam^${group.id}${options.names ? `|@${group.handle}` : ''}>`;
}
