import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Activity } from '../delivery/activity.ts';
import type { SocketMode } from '../delivery/socket-mode.ts';
import { type Request, readRequest, sendJson, sendText } from './http.ts';
import type { PageApi } from './page-api.ts';
import { sendPageFile } from './page-files.ts';
import { answerResponseUrl } from './response-url.ts';
import { simulate } from './sim-api.ts';
import { answerUpload } from './upload.ts';
import { answerWebApi, type WebApi } from './web-api.ts';

export interface Rooms {
  webApi: WebApi;
  socketMode: SocketMode;
  page: PageApi;
  activity: Activity;
}

/** Sends each request to where it belongs. */
export async function route(
  rooms: Rooms,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isFromApp = /^\/(api|commands|actions|upload)\//.test(incoming.url ?? '');
  const end = isFromApp ? rooms.activity.begin() : () => {};
  try {
    const request = await readRequest(incoming);
    const isAnswered = isFromApp
      ? answerApp(rooms, request, response)
      : await answerPage(rooms, request, response);
    if (!isAnswered) sendText(response, 404, 'text/plain', 'not found');
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    if (response.headersSent) response.destroy();
    else sendJson(response, 400, { error: what });
  } finally {
    end();
  }
}

function answerApp(rooms: Rooms, request: Request, response: ServerResponse): boolean {
  if (request.path.startsWith('/api/')) answerWebApi(rooms.webApi, request, response);
  else if (request.method !== 'POST') return false;
  else if (request.path.startsWith('/upload/')) answerUpload(rooms.webApi.model, request, response);
  else answerResponseUrl(rooms.webApi.model, request, response);
  return true;
}

async function answerPage(rooms: Rooms, request: Request, response: ServerResponse): Promise<boolean> {
  // A foreign web page can't send this content type without asking first, and we never say yes.
  if (request.method === 'POST' && !request.contentType.startsWith('application/json')) {
    throw new Error('application/json only');
  }
  if (request.path.startsWith('/_page/')) return await rooms.page.answer(request, response);
  if (request.path.startsWith('/_sim/') && request.method === 'POST') {
    const { webApi, socketMode } = rooms;
    if (!simulate(webApi.model, socketMode, request.path, JSON.parse(request.body || '{}'))) return false;
    sendJson(response, 200, { ok: true });
    return true;
  }
  const channel = /^\/archives\/(\w+)/.exec(request.path)?.[1];
  if (channel !== undefined) {
    response.writeHead(302, { location: `/#channel=${channel}` });
    response.end();
    return true;
  }
  return await sendPageFile(request.path, response);
}
