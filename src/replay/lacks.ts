/** What a recording lacks that a script asks for now. */
export function lacksReply(request: string, id: string): string {
  return `the recording has no reply for ${request}: record again, with scenario run ${id} --record-exchanges`;
}
