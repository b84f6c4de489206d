/** Whether a process with this id runs on this machine, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    // EPERM: it runs, for another user.
    return error.code === 'EPERM';
  }
}
