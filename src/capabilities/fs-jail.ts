import type { Stats } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { Failure } from './capability.ts';
import { fail } from './capability.ts';
import { enterOrMake, refuseEntry, refuseNonFile, statOrNull } from './fs-entry.ts';
import { Folder } from './fs-folder.ts';
import { INCOMING } from './fs-incoming.ts';
import { countUsage, type Usage } from './fs-usage.ts';

const ROOT_MODE = 0o700;
/** The operator may change files too, so what was counted is counted again. */
const USAGE_MS = 30_000;

export interface JailLimits {
  readonly fileBytes: number;
  readonly totalBytes: number;
  /** Files and folders. */
  readonly entries: number;
}

export interface JailOptions {
  /** The folder of all jails; made if it is not there. */
  readonly root: string;
  /** The one name of this jail in it. */
  readonly name: string;
  readonly limits: JailLimits;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Names from the jail inwards, already judged. */
type Names = readonly string[];

/** Files of one workspace. Everything rejects with the system's error where that is no failure of its own. */
export class Jail {
  readonly #options: JailOptions;
  #usage: (Usage & { readonly at: number }) | null = null;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(options: JailOptions) {
    this.#options = options;
  }

  /** The bytes of a file. */
  async read(names: Names): Promise<Uint8Array | Failure> {
    const { parents, last } = split(names);
    await using folder = await this.#enter(parents);
    return await this.#readIn(folder, last);
  }

  async stat(names: Names): Promise<Stats | Failure> {
    const { parents, last } = split(names);
    await using folder = await this.#enter(parents);
    const stats = last === '' ? await folder.ownStat() : await folder.stat(last);
    return refuseEntry(last, stats) ?? stats;
  }

  /** Names in order, those of folders with a slash behind them; links and devices are left out. */
  async list(names: Names): Promise<readonly string[]> {
    await using folder = await this.#enter(names);
    const entries = await folder.entries();
    return entries
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
      .sort();
  }

  /** Writes a file whole, or leaves it as it was. Folders on the way are made. */
  write(names: Names, bytes: Uint8Array): Promise<null | Failure> {
    return this.#alone(() => this.#write(names, async () => bytes));
  }

  append(names: Names, bytes: Uint8Array): Promise<null | Failure> {
    return this.#alone(() =>
      this.#write(names, async (folder, last, old) => {
        if (old === null) return bytes;
        const before = await this.#readIn(folder, last);
        return before instanceof Uint8Array ? Buffer.concat([before, bytes]) : before;
      }),
    );
  }

  /** Removes a file or an empty folder. */
  remove(names: Names): Promise<null | Failure> {
    return this.#alone(async () => {
      const { parents, last } = split(names);
      await using folder = await this.#enter(parents);
      const stats = await folder.stat(last);
      const refusal = refuseEntry(last, stats);
      if (refusal) return refusal;
      await (stats.isDirectory() ? folder.removeFolder(last) : folder.removeFile(last));
      this.#count({ entries: -1, bytes: stats.isDirectory() ? 0 : -stats.size });
      return null;
    });
  }

  async #write(
    names: Names,
    contents: (folder: Folder, last: string, old: Stats | null) => Promise<Uint8Array | Failure>,
  ): Promise<null | Failure> {
    const { parents, last } = split(names);
    const usage = await this.#currentUsage();
    const room = this.#options.limits.entries - usage.entries;
    const folder = await this.#enterOrMake(parents, room);
    if (!(folder instanceof Folder)) return folder;
    await using _ = folder;
    const old = await statOrNull(folder, last);
    const refusal = old && refuseNonFile(last, old);
    if (refusal) return refusal;
    const bytes = await contents(folder, last, old);
    if (!(bytes instanceof Uint8Array)) return bytes;
    const change = { entries: old ? 0 : 1, bytes: bytes.length - (old?.size ?? 0) };
    const pastQuota = this.#refusePastQuota(bytes.length, change);
    if (pastQuota) return pastQuota;
    await this.#replace(folder, last, bytes);
    this.#count(change);
    return null;
  }

  async #replace(folder: Folder, name: string, bytes: Uint8Array): Promise<void> {
    await using root = await this.#root();
    await using incoming = await enterOrMake(root, INCOMING);
    const id = this.#options.newId();
    await using file = await incoming.createFile(id);
    try {
      await file.writeFile(bytes);
      await folder.take(incoming, id, name);
    } catch (error) {
      await incoming.removeFile(id);
      throw error;
    }
  }

  async #readIn(folder: Folder, name: string): Promise<Uint8Array | Failure> {
    // Looked at before as well, because opening a device can already do something.
    const refusal = refuseNonFile(name, await folder.stat(name));
    if (refusal) return refusal;
    await using file = await folder.openFile(name);
    const stats = await file.stat();
    const { fileBytes } = this.#options.limits;
    const refusalNow = refuseNonFile(name, stats) ?? refuseSize(stats.size, fileBytes);
    if (refusalNow) return refusalNow;
    const buffer = Buffer.alloc(stats.size);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  }

  async #enter(names: Names): Promise<Folder> {
    return this.#walk(names, (folder, name) => folder.enter(name));
  }

  /** Makes what is missing, so many folders at most. */
  async #enterOrMake(names: Names, room: number): Promise<Folder | Failure> {
    let left = room;
    try {
      return await this.#walk(names, async (folder, name) => {
        if ((await statOrNull(folder, name)) !== null) return folder.enter(name);
        if (left <= 0) throw new NoRoom();
        left -= 1;
        await folder.makeFolder(name);
        this.#count({ entries: 1, bytes: 0 });
        return folder.enter(name);
      });
    } catch (error) {
      if (!(error instanceof NoRoom)) throw error;
      return this.#tooMany();
    }
  }

  async #walk(names: Names, step: (folder: Folder, name: string) => Promise<Folder>): Promise<Folder> {
    await using root = await this.#root();
    let folder = await enterOrMake(root, this.#options.name);
    for (const name of names) {
      await using left = folder;
      folder = await step(left, name);
    }
    return folder;
  }

  async #root(): Promise<Folder> {
    await mkdir(this.#options.root, { recursive: true, mode: ROOT_MODE });
    return Folder.open(this.#options.root);
  }

  async #currentUsage(): Promise<Usage> {
    const now = this.#options.now();
    if (this.#usage !== null && now - this.#usage.at < USAGE_MS) return this.#usage;
    await using jail = await this.#enter([]);
    this.#usage = { ...(await countUsage(jail, this.#options.limits.entries)), at: now };
    return this.#usage;
  }

  #count({ entries, bytes }: Usage): void {
    if (this.#usage === null) return;
    const { at } = this.#usage;
    this.#usage = { entries: this.#usage.entries + entries, bytes: this.#usage.bytes + bytes, at };
  }

  #refusePastQuota(size: number, change: Usage): Failure | null {
    const { limits } = this.#options;
    const usage = this.#usage ?? { entries: 0, bytes: 0 };
    if (usage.entries + change.entries > limits.entries) return this.#tooMany();
    if (change.bytes > 0 && usage.bytes + change.bytes > limits.totalBytes) {
      return fail('EBOUND', `the files of this workspace may take ${limits.totalBytes} bytes together`);
    }
    return refuseSize(size, limits.fileBytes);
  }

  #tooMany(): Failure {
    return fail('EBOUND', `a workspace may have ${this.#options.limits.entries} files and folders`);
  }

  /** One change of the jail at a time, so that a quota counts all of them. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work, work);
    this.#tail = result.catch(() => undefined);
    return result;
  }
}

class NoRoom extends Error {}

/** The last name apart; empty for the jail itself. */
function split(names: Names): { readonly parents: Names; readonly last: string } {
  return { parents: names.slice(0, -1), last: names.at(-1) ?? '' };
}

function refuseSize(bytes: number, most: number): Failure | null {
  return bytes <= most ? null : fail('EBOUND', `a file may have ${most} bytes, and this one has ${bytes}`);
}
