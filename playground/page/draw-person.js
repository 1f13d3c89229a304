import { element } from './element.js';

/** A square with a letter, coloured by name: the same for a person everywhere. */
export function drawAvatar(name, isApp) {
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);
  const avatar = element('span', { className: isApp ? 'avatar app' : 'avatar', ariaHidden: 'true' });
  avatar.textContent = name.slice(0, 1).toUpperCase();
  if (!isApp) avatar.style.background = `hsl(${hue} 45% 42%)`;
  return avatar;
}

/** What a person is: guest, external, deactivated or an app, and the user groups they are in. */
export function drawRoles(person) {
  const tag = person?.tag ?? null;
  return [
    tag === null ? null : element('span', { className: `tag ${tag}` }, tag),
    (person?.groups ?? []).map((group) =>
      element('span', { className: 'tag group', title: `In the user group @${group}` }, shortName(group)),
    ),
  ];
}

/** @mesos-approvers is `approvers` here: every group of the playground is about Mesos. */
const shortName = (group) => group.replace(/^mesos-/, '');
