import type { ServerResponse } from 'node:http';
import type { SlackModel } from '../model.ts';
import { applyFault } from './apply-fault.ts';
import { type Request, sendText } from './http.ts';

/** Answers POST /upload/v1/TICKET: the bytes of a file, for whoever has the address. */
export function answerUpload(model: SlackModel, request: Request, response: ServerResponse): void {
  const ticket = request.path.split('/').at(-1) ?? '';
  const receive = () => model.files.receive(ticket, request.body);
  const fault = model.faults.take('upload');
  if (fault !== null) applyFault(fault, response, receive);
  else if (receive()) sendText(response, 200, 'text/plain', `OK - ${Buffer.byteLength(request.body)}`);
  else sendText(response, 400, 'text/plain', 'no such upload');
}
