import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimClock } from '../clock.ts';
import { Activity } from './delivery/activity.ts';
import { EventGate } from './delivery/event-gate.ts';
import { eventFor } from './delivery/events.ts';
import { HttpEvents } from './delivery/http-events.ts';
import { SocketMode } from './delivery/socket-mode.ts';
import { type SlackModel, slackModel } from './model.ts';
import { type People, peopleOf } from './people.ts';
import { PageApi } from './server/page-api.ts';
import { route } from './server/routes.ts';
import type { Script } from './server/script.ts';
import type { WebApi } from './server/web-api.ts';
import type { WorkspaceSpec } from './workspace/default-workspace.ts';

export interface SlackOptions {
  clock: SimClock;
  /** Absent: defaultWorkspace. */
  spec?: WorkspaceSpec;
  /** The app's manifest.json, parsed: scopes, events and commands are what it says. */
  manifest: unknown;
  /** The app's request URL: signed POSTs go there instead of Socket Mode. A function is asked at each delivery, for an
   * app whose port isn't known yet. */
  eventsUrl?: string | (() => string);
  /** Absent or 0: a free one. Always on 127.0.0.1. */
  port?: number;
  /** Ids of envelopes, events, triggers and blocks. Absent: random. */
  newId?: () => string;
  /** What the page can play by itself. */
  script?: Script;
  /** Slack's rate limits; on unless false. */
  rateLimits?: boolean;
}

/** A Slack of our own, listening. */
export interface LocalSlack extends People {
  /** The state, for tests and scenarios. */
  model: SlackModel;
  /** Makes events late, lost or doubled. */
  events: Pick<EventGate, 'hold' | 'lose' | 'release' | 'repeat'>;
  /** For WebClient's slackApiUrl. */
  apiUrl: string;
  pageUrl: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  teamId: string;
  botUserId: string;
  botId: string;
  /** How many Socket Mode connections the app holds. */
  connections(): number;
  /** Closes the Socket Mode connections: asked to reopen, as Slack does for a refresh, or cut without a word. */
  disconnect(how: 'refresh_requested' | 'cut'): void;
  /** Resolves when no request of the app is in flight and no delivery waits for its acknowledgement. Requests that a
   * `hang` fault holds, and retries that wait for the clock, do not count. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the local Slack on 127.0.0.1. */
export async function startSlack(options: SlackOptions): Promise<LocalSlack> {
  const model = slackModel({
    clock: options.clock,
    newId: options.newId ?? randomUUID,
    manifest: options.manifest,
    ...(options.spec === undefined ? {} : { spec: options.spec }),
    ...(options.rateLimits === undefined ? {} : { rateLimits: options.rateLimits }),
  });
  const { team, bot } = model.workspace;
  const tokens = { bot: 'xoxb-local-bot-token', app: 'xapp-local-app-token' };
  const signingSecret = 'local-signing-secret';
  const activity = new Activity();
  const socketMode = new SocketMode(model, activity);
  const { eventsUrl } = options;
  const delivery =
    eventsUrl === undefined
      ? socketMode
      : new HttpEvents(
          model,
          activity,
          typeof eventsUrl === 'string' ? () => eventsUrl : eventsUrl,
          signingSecret,
        );

  const events = new EventGate((body) => delivery.event(body));

  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}`;
  const people = peopleOf({ model, delivery, baseUrl });
  const page = new PageApi(model, people, options.script ?? null);
  const webApi: WebApi = {
    model,
    tokens,
    baseUrl,
    openSocket: () => `ws://127.0.0.1:${port}/link/?ticket=${socketMode.issueTicket()}`,
  };
  server.on(
    'request',
    (incoming, response) => void route({ webApi, socketMode, page, activity }, incoming, response),
  );
  server.on('upgrade', (incoming, socket, head) => socketMode.upgrade(incoming, socket, head));
  const unfollow = model.changes.follow((change) => {
    const body = eventFor(model, change);
    if (body !== null) events.take(body);
  });

  return {
    ...people,
    model,
    events,
    apiUrl: `${baseUrl}/api/`,
    pageUrl: `${baseUrl}/`,
    botToken: tokens.bot,
    appToken: tokens.app,
    signingSecret,
    teamId: team.id,
    botUserId: bot.userId,
    botId: bot.botId,
    connections: () => socketMode.connections,
    disconnect: (how) => (how === 'cut' ? socketMode.cut() : socketMode.disconnect()),
    idle: () => activity.idle(),
    stop: async () => {
      unfollow();
      page.stop();
      await Promise.all([delivery.stop(), socketMode.stop()]);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
