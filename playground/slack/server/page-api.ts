import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { SlackModel } from '../model.ts';
import type { People } from '../people.ts';
import { channelNamed, userNamed } from '../workspace/workspace.ts';
import { type Request, sendJson } from './http.ts';
import { channelsOf, pageState } from './page-state.ts';
import type { Script, ShownScript } from './script.ts';

const typed = z.object({
  user: z.string(),
  channel: z.string(),
  text: z.string(),
  threadTs: z.string().nullable(),
});
const reacted = z.object({ user: z.string(), channel: z.string(), ts: z.string(), name: z.string() });
const clicked = z.object({ user: z.string(), channel: z.string(), ts: z.string(), actionId: z.string() });

/** The web page's own API under /_page/. */
export class PageApi {
  readonly #model: SlackModel;
  readonly #people: People;
  readonly #watchers = new Set<ServerResponse>();
  readonly #unfollow: () => void;
  readonly #script: Script | null;
  #played: ShownScript['played'] = 'not yet';

  constructor(model: SlackModel, people: People, script: Script | null) {
    this.#model = model;
    this.#people = people;
    this.#script = script;
    this.#unfollow = model.changes.follow(() => this.#changed());
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher.write('data: changed\n\n');
  }

  /** False for a path it doesn't know. Throws for what a person can't do. */
  async answer(request: Request, response: ServerResponse): Promise<boolean> {
    switch (`${request.method} ${request.path}`) {
      case 'GET /_page/changes':
        this.#watch(response);
        return true;
      case 'GET /_page/state':
        sendJson(response, 200, this.#state(request));
        return true;
      case 'POST /_page/type':
        await this.#type(typed.parse(JSON.parse(request.body)));
        sendJson(response, 200, {});
        return true;
      case 'POST /_page/react':
        await this.#toggle(reacted.parse(JSON.parse(request.body)));
        sendJson(response, 200, {});
        return true;
      case 'POST /_page/click': {
        const { user, channel, ts, actionId } = clicked.parse(JSON.parse(request.body));
        await this.#people.click(user, channel, ts, actionId);
        sendJson(response, 200, {});
        return true;
      }
      case 'POST /_page/play':
        await this.#play();
        sendJson(response, 200, {});
        return true;
      default:
        return false;
    }
  }

  /** Answers when the story is over. */
  async #play(): Promise<void> {
    if (this.#script === null || this.#script.ready === null) throw new Error('no scenario is set up here');
    if (this.#played !== 'not yet') throw new Error('it was played already: start the playground anew');
    try {
      this.#played = 'playing';
      this.#changed();
      await this.#script.play();
    } finally {
      this.#played = 'over';
      this.#changed();
    }
  }

  stop(): void {
    this.#unfollow();
    for (const watcher of this.#watchers) watcher.end();
  }

  /** Server-sent events: one line whenever something changed; the page then asks for the state. */
  #watch(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('data: hello\n\n');
    this.#watchers.add(response);
    response.on('close', () => this.#watchers.delete(response));
  }

  #state(request: Request): Record<string, unknown> {
    const { workspace } = this.#model;
    const first = [...workspace.users.values()].find((each) => !each.isBot && !each.isDeleted);
    const me = userNamed(workspace, request.query.get('user') ?? first?.id ?? '');
    const mine = channelsOf(this.#model, me);
    const wanted = request.query.get('channel');
    const channel = mine.find((each) => each.id === wanted || each.name === wanted) ?? mine[0];
    if (channel === undefined) throw new Error(`${me.name} is in no channel`);
    const script: ShownScript | null =
      this.#script === null
        ? null
        : { stories: this.#script.stories, ready: this.#script.ready, played: this.#played };
    return { ...pageState(this.#model, me, channel), script };
  }

  async #type({ user, channel, text, threadTs }: z.infer<typeof typed>): Promise<void> {
    if (!text.startsWith('/')) {
      await this.#people.say(user, channel, text, threadTs ?? undefined);
      return;
    }
    if (threadTs === null) {
      await this.#people.type(user, channel, text);
      return;
    }
    const [command = ''] = text.split(/\s/);
    this.#model.messages.whisper({
      channel: channelNamed(this.#model.workspace, channel).id,
      to: userNamed(this.#model.workspace, user).id,
      user: 'USLACKBOT',
      botId: null,
      text: `${command} is not supported in threads. Sorry!`,
      threadTs,
    });
  }

  #toggle({ user, channel, ts, name }: z.infer<typeof reacted>): Promise<void> {
    const { workspace, messages } = this.#model;
    const message = messages.find(channelNamed(workspace, channel).id, ts);
    const standing = message?.reactions.find((each) => each.name === name);
    const stands = standing?.users.includes(userNamed(workspace, user).id) ?? false;
    return stands
      ? this.#people.unreact(user, channel, ts, name)
      : this.#people.react(user, channel, ts, name);
  }
}
