import { element } from './element.js';

const byId = (id) => document.getElementById(id);
const labels = { 'not yet': 'Play', playing: 'Playing…', over: 'Played' };

/** The scenarios: the one that this playground was set up for has a button, the others say how to set them up. */
export function drawScript(script, play) {
  byId('script').hidden = script === null;
  if (script === null) return;
  if (script.ready !== null && byId('stories').childElementCount === 0) byId('script').open = true;
  const { stories, ready, played } = script;
  byId('stories').replaceChildren(
    ...stories
      .toSorted((a, b) => Number(b.name === ready) - Number(a.name === ready))
      .map(({ name, title }) =>
        element(
          'li',
          { title },
          name === ready
            ? element(
                'button',
                { type: 'button', disabled: played !== 'not yet', onclick: play },
                `${labels[played]}: ${name}`,
              )
            : element('span', {}, name),
          element(
            'span',
            { className: 'hint' },
            name === ready ? title : `npm run playground -- --scenario ${name}`,
          ),
        ),
      ),
  );
}
