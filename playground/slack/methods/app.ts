import { userNamed } from '../workspace/workspace.ts';
import type { Answer, Call, Methods } from './method.ts';

function authTest(call: Call): Answer {
  const { workspace } = call.model;
  return {
    ok: true,
    url: `${call.baseUrl}/`,
    team: workspace.team.name,
    team_id: workspace.team.id,
    user: userNamed(workspace, workspace.bot.userId).name,
    user_id: workspace.bot.userId,
    bot_id: workspace.bot.botId,
    is_enterprise_install: false,
    ...(workspace.team.enterpriseId === null ? {} : { enterprise_id: workspace.team.enterpriseId }),
  };
}

/** auth.test and apps.connections.open: who the app is, and its way in. */
export const app: Methods = {
  'auth.test': { token: 'bot', tier: 'special', scope: () => null, run: authTest },
  'apps.connections.open': {
    token: 'app',
    // Slack's page says Tier 3, its Java SDK Tier 1.
    tier: 'tier3',
    scope: () => null,
    run: (call) => ({ ok: true, url: call.openSocket() }),
  },
};
