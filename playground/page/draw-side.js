import { drawAvatar, drawRoles } from './draw-person.js';
import { element } from './element.js';

const byId = (id) => document.getElementById(id);

/** Who was played at the last drawing: their button is brought into sight once. */
let drawnFor = null;

const isPlayable = ({ tag }) => tag !== 'app' && tag !== 'deactivated';

/** Who can be played, the conversations of who is, and who can not be played. `go` changes what the address says. */
export function drawSide(state, go) {
  byId('team').textContent = state.team;
  byId('people').replaceChildren(
    ...state.people.filter(isPlayable).map((each) =>
      element(
        'button',
        {
          type: 'button',
          title: each.realName,
          ariaPressed: String(each.id === state.me),
          onclick: () => go({ user: each.name }),
        },
        drawAvatar(each.name, false),
        element('span', { className: 'name' }, each.name),
        drawRoles(each),
      ),
    ),
  );
  const played = byId('people').querySelector('[aria-pressed="true"]');
  if (drawnFor !== state.me) played?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  drawnFor = state.me;
  byId('others').replaceChildren(
    ...state.people
      .filter((each) => !isPlayable(each))
      .map((each) =>
        element(
          'li',
          { title: each.realName },
          drawAvatar(each.name, each.tag === 'app'),
          each.name,
          drawRoles(each),
        ),
      ),
  );
  byId('channels').replaceChildren(
    ...state.channels.map((each) =>
      element(
        'button',
        {
          type: 'button',
          ariaPressed: String(each.id === state.channel),
          onclick: () => go({ channel: each.id, thread: null }),
        },
        element('span', { className: 'sign', ariaHidden: 'true' }, signOf(each)),
        each.name,
      ),
    ),
  );
}

/** What stands before a conversation's name. */
export const signOf = (channel) => ({ public: '#', private: '🔒', im: '●' })[channel.kind];
