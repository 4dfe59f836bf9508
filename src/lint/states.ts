/** Names of fields and variables that hold a state: of them the whole is meant, never a part. */
export const stateName = /(?:status|state|phase|result|verdict|health|outcome)$/i;

/** Words that are states: in the text of a reply they stand for the value of a field. */
export const stateWord =
  /^(?:complet|succe|fail|error|run|start|cancel|pend|queue|finish|pass|health|unhealth|ready|done$|ok$|up$|true$)/i;
