import { parseJson } from '../json/parse.ts';
import { type Message, type Proto, toProto } from '../json/to-proto.ts';
import { type Reply, textReply } from './reply.ts';
import type { Request } from './request.ts';

/** What differs between the API of a master and of an agent. */
export interface Api {
  readonly name: 'master' | 'agent';
  readonly call: Message;
  /** Calls by name, each with the sub-message it needs. */
  readonly calls: Readonly<Record<string, string | null>>;
}

export type Entered = { ok: true; type: string; call: Proto } | { ok: false; reply: Reply };

const refused = (status: number, text: string, headers?: Record<string, string>): Entered => ({
  ok: false,
  reply: textReply(status, text, headers),
});

const accepts = (request: Request, type: string): boolean => {
  const { accept } = request.headers;
  if (accept === undefined) return true;
  const wanted = accept.split(',').map((each) => each.split(';')[0]?.trim());
  return [type, 'application/*', '*/*'].some((each) => wanted.includes(each));
};

/** The checks before any call is looked at, in the order of `Master::Http::api` (mesos src/master/http.cpp) from the
 * method on; the recordings err_* show each. */
export function enterApi(request: Request, api: Api): Entered {
  const { method, headers } = request;
  if (method !== 'POST') {
    const text = `405 Method Not Allowed. Expecting one of { 'POST' }, but received '${method}'.`;
    return refused(405, text, { Allow: 'POST' });
  }
  const type = headers['content-type'];
  if (type === undefined) return refused(400, "Expecting 'Content-Type' to be present");
  // No bytes of ours ever are a protobuf message.
  if (type === 'application/x-protobuf') return refused(400, 'Failed to parse body into Call protobuf');
  if (type !== 'application/json') {
    const more = api.name === 'agent' ? ' or application/recordio' : '';
    return refused(415, `Expecting 'Content-Type' of application/json or application/x-protobuf${more}`);
  }
  const json = parseJson(request.body);
  if (!json.ok) return refused(400, `Failed to parse body into JSON: ${json.error}`);
  const call = toProto(json.value, api.call);
  if (!call.ok) return refused(400, `Failed to convert JSON into Call protobuf: ${call.error}`);
  return validate(request, api, call.value);
}

const validate = (request: Request, api: Api, call: Proto): Entered => {
  const type = call['type'];
  const invalid = (field: string) =>
    refused(400, `Failed to validate ${api.name}::Call: Expecting '${field}' to be present`);
  if (typeof type !== 'string') return invalid('type');
  const needed = api.calls[type] ?? null;
  if (needed !== null && call[needed] === undefined) return invalid(needed);
  if (!accepts(request, 'application/json')) {
    return accepts(request, 'application/x-protobuf')
      ? refused(501, 'Answers in protobuf are not simulated.')
      : refused(406, "Expecting 'Accept' to allow 'application/x-protobuf' or 'application/json'");
  }
  if (type === 'UNKNOWN') return refused(501, '501 Not Implemented.');
  if (!(type in api.calls)) return refused(501, `${type} is not simulated.`);
  return { ok: true, type, call };
};
