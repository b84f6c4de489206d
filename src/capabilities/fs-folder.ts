import type { Dirent, Stats } from 'node:fs';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { lstat, mkdir, open, readdir, rename, rmdir, unlink } from 'node:fs/promises';

/** Every open folder by its descriptor. Node has no `openat`; a path through here begins at what is held open. */
export const DESCRIPTORS = '/proc/self/fd';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

/**
 * A folder that is held open, whose entries are reached one name at a time and never through a link. What
 * happens to the path that led here changes nothing: whoever swaps a folder for a link in between gains no
 * way out. A name must be one name, without a slash. All reject with the system's error.
 */
export class Folder implements AsyncDisposable {
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Opens a folder by a path of the operator's, which may lead through links. */
  static async open(path: string): Promise<Folder> {
    return new Folder(await open(path, O_RDONLY | O_DIRECTORY));
  }

  async enter(name: string): Promise<Folder> {
    return new Folder(await open(this.#at(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
  }

  async makeFolder(name: string): Promise<void> {
    await mkdir(this.#at(name), { mode: FOLDER_MODE });
  }

  /** Of the entry itself, also where it is a link. */
  stat(name: string): Promise<Stats> {
    return lstat(this.#at(name));
  }

  ownStat(): Promise<Stats> {
    return this.#handle.stat();
  }

  entries(): Promise<Dirent[]> {
    return readdir(`${DESCRIPTORS}/${this.#handle.fd}`, { withFileTypes: true });
  }

  /** Not to wait for the other end of a pipe; what was opened is for the caller to look at. */
  openFile(name: string): Promise<FileHandle> {
    return open(this.#at(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  }

  /** Rejects with EEXIST where the name is taken, by a link too. */
  createFile(name: string): Promise<FileHandle> {
    return open(this.#at(name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, FILE_MODE);
  }

  /** Puts an entry of another folder here, in place of any file or link of that name. */
  async take(from: Folder, entry: string, name: string): Promise<void> {
    await rename(from.#at(entry), this.#at(name));
  }

  async removeFile(name: string): Promise<void> {
    await unlink(this.#at(name));
  }

  /** Rejects with ENOTEMPTY. */
  async removeFolder(name: string): Promise<void> {
    await rmdir(this.#at(name));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }

  #at(name: string): string {
    return `${DESCRIPTORS}/${this.#handle.fd}/${name}`;
  }
}
