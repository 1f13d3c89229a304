import type { SlackUser } from '../workspace/workspace.ts';
import { type Answer, type Call, type Methods, missing, no } from './method.ts';

/** The user object as users.info gives it: an outsider and a deactivated account come with fewer fields. */
function userJson(user: SlackUser, call: Call): Record<string, unknown> {
  const { team } = call.model.workspace;
  const common = {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    deleted: user.isDeleted,
    real_name: user.realName,
    profile: { real_name: user.realName, display_name: user.name, team: user.teamId },
    is_bot: user.isBot,
    is_app_user: false,
  };
  if (user.isDeleted) return common;
  const enterprise =
    user.enterpriseUserId === null
      ? {}
      : {
          enterprise_user: {
            id: user.enterpriseUserId,
            enterprise_id: team.enterpriseId,
            teams: [user.teamId],
          },
        };
  return {
    ...common,
    ...enterprise,
    ...(user.timeZone === null ? {} : { tz: user.timeZone }),
    is_admin: false,
    is_owner: false,
    is_restricted: user.isRestricted,
    is_ultra_restricted: user.isUltraRestricted,
    ...(user.teamId === team.id ? {} : { is_stranger: user.isStranger }),
  };
}

function usersInfo(call: Call): Answer {
  const id = call.args.text('user');
  if (id === null) return missing('user');
  const user = call.model.workspace.users.get(id);
  return user === undefined ? no('user_not_found') : { ok: true, user: userJson(user, call) };
}

function groupMembers(call: Call): Answer {
  const id = call.args.text('usergroup');
  if (id === null) return missing('usergroup');
  const group = call.model.workspace.groups.get(id);
  if (group === undefined || (group.isDisabled && !call.args.flag('include_disabled')))
    return no('no_such_subteam');
  return { ok: true, users: [...group.users] };
}

/** users.info and usergroups.users.list. */
export const people: Methods = {
  'users.info': { token: 'bot', tier: 'tier4', scope: () => 'users:read', run: usersInfo },
  'usergroups.users.list': { token: 'bot', tier: 'tier2', scope: () => 'usergroups:read', run: groupMembers },
};
