import { Told } from '../errors.ts';

/** Whether this is a system error, of one of the codes when some are named. */
export function isErrno(error: unknown, ...codes: string[]): error is NodeJS.ErrnoException {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return false;
  return codes.length === 0 ? 'syscall' in error || 'errno' in error : codes.includes(error.code);
}

/** What a person is told when writing at `where` failed; errors that are not the system's are handed back unchanged. */
export function cannotWrite(error: unknown, where: string): unknown {
  if (error instanceof Told || !isErrno(error)) return error;
  const [what, cure] = reasons[error.code ?? ''] ?? [
    `${error.code}`,
    'put that right and try again',
  ];
  return new Told(`cannot write ${where}: ${what}; everything is as it was`, {
    code: 'cannot-write',
    where,
    cure,
    cause: error,
  });
}

const noRight = 'no right to write here';
const reasons: Readonly<Record<string, readonly [what: string, cure: string]>> = {
  ENOSPC: ['the disk is full', 'free some space and try again'],
  EDQUOT: ['your disk quota is used up', 'free some space and try again'],
  EACCES: [noRight, 'check the owner and mode of the file and its folder'],
  EPERM: [noRight, 'check the owner, mode and attributes of the file and its folder'],
  EROFS: ['the file system is read-only', 'mount it writable, or work on a copy of the project'],
  EISDIR: ['a folder of that name is in the way', 'move the folder away'],
  ENOTDIR: ['a file stands where a folder is needed', 'move that file away'],
  EEXIST: ['a file stands where a folder is needed', 'move that file away'],
  ENOENT: ['its folder does not exist', 'create the project folder, or check --cwd'],
  ENAMETOOLONG: ['the name is too long for this file system', 'choose a shorter name'],
  EMFILE: ['too many files are open', 'close some programs, or raise `ulimit -n`'],
};
