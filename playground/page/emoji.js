/** Emoji by their name in Slack; as many as the bot and its people use. */
const emoji = {
  '+1': '👍',
  '-1': '👎',
  alarm_clock: '⏰',
  arrow_right: '➡️',
  arrows_counterclockwise: '🔄',
  ballot_box_with_check: '☑️',
  bell: '🔔',
  black_circle: '⚫',
  boom: '💥',
  broom: '🧹',
  bulb: '💡',
  clipboard: '📋',
  construction: '🚧',
  electric_plug: '🔌',
  exclamation: '❗',
  eyes: '👀',
  fire: '🔥',
  ghost: '👻',
  hammer_and_wrench: '🛠️',
  heavy_check_mark: '✔️',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  information_source: 'ℹ️',
  large_blue_circle: '🔵',
  large_green_circle: '🟢',
  large_orange_circle: '🟠',
  large_yellow_circle: '🟡',
  lock: '🔒',
  mag: '🔍',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  octagonal_sign: '🛑',
  package: '📦',
  pushpin: '📌',
  question: '❓',
  raised_hand: '✋',
  red_circle: '🔴',
  rotating_light: '🚨',
  scroll: '📜',
  skull: '💀',
  stopwatch: '⏱️',
  tada: '🎉',
  thumbsdown: '👎',
  thumbsup: '👍',
  warning: '⚠️',
  wastebasket: '🗑️',
  wave: '👋',
  white_check_mark: '✅',
  white_circle: '⚪',
  wrench: '🔧',
  x: '❌',
  zap: '⚡',
};

/** The picture for an emoji name, or :name: when it isn't among ours. Skin tones (`+1::skin-tone-3`) are left out. */
export function drawEmoji(name) {
  const [base] = name.split('::');
  return Object.hasOwn(emoji, base) ? emoji[base] : `:${name}:`;
}

/** The text with pictures for the names of emoji in it. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (_all, name) => drawEmoji(name));
}
