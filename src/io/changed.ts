/**
 * The scenarios whose files are among the paths of what changed: a file of theirs but the records, or the runtime that all of them
 * use.
 */
export function changedAmong(
  paths: readonly string[],
  ids: readonly string[],
  output: string,
): readonly string[] {
  if (paths.includes(`${output}/runtime.sh`)) return ids;
  const folders = new Set(
    paths
      .filter((path) => !/\/(?:result|proof|exchanges)\.json$/.test(path))
      .map((path) => path.slice(0, path.lastIndexOf('/'))),
  );
  return ids.filter((id) => folders.has(`${output}/${id}`));
}
