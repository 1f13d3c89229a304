import type { SimClock } from '../../clock.ts';
import type { Workspace } from './workspace.ts';

/** A file that is shared somewhere; only texts are. */
export interface File {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly createdAt: number;
  /** It was announced as a snippet. */
  readonly isSnippet: boolean;
}

/** One that is being brought. */
interface Upload {
  id: string;
  ticket: string;
  name: string;
  length: number;
  isSnippet: boolean;
  text: string | null;
}

/** The files on their way in: an address for each, then its bytes, then where it is shown. */
export class FileLog {
  readonly #clock: SimClock;
  readonly #newId: () => string;
  readonly #uploads = new Map<string, Upload>();

  constructor(clock: SimClock, newId: () => string) {
    this.#clock = clock;
    this.#newId = newId;
  }

  /** The id of the file, and the ticket that its bytes come with. */
  expect(name: string, length: number, isSnippet: boolean): { id: string; ticket: string } {
    const ticket = this.#newId();
    const id = `F${ticket.replaceAll(/\W/g, '').toUpperCase()}`;
    this.#uploads.set(id, { id, ticket, name, length, isSnippet, text: null });
    return { id, ticket };
  }

  /** False for a ticket that was never given, or other bytes than were announced. */
  receive(ticket: string, body: string): boolean {
    const upload = [...this.#uploads.values()].find((each) => each.ticket === ticket);
    if (upload === undefined || Buffer.byteLength(body) !== upload.length) return false;
    upload.text = body;
    return true;
  }

  /** The file, ready to be shown; null when its bytes did not come. Used up by it. */
  complete(id: string, title: string | null): File | null {
    const upload = this.#uploads.get(id);
    if (upload?.text == null) return null;
    this.#uploads.delete(id);
    const { name, text, isSnippet } = upload;
    return { id, name, title: title ?? name, text, isSnippet, createdAt: this.#clock.now() };
  }
}

/** Slack: file object. */
export function fileJson(workspace: Workspace, file: File): Record<string, unknown> {
  const created = Math.floor(file.createdAt / 1000);
  return {
    id: file.id,
    created,
    timestamp: created,
    name: file.name,
    title: file.title,
    mimetype: 'text/plain',
    filetype: 'text',
    pretty_type: 'Plain Text',
    user: workspace.bot.userId,
    user_team: workspace.team.id,
    size: Buffer.byteLength(file.text),
    mode: file.isSnippet ? 'snippet' : 'hosted',
    is_external: false,
    preview: file.text.slice(0, 400),
    lines: file.text.split('\n').length,
  };
}
