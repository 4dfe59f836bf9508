/** Names of fields and variables that hold a state: of them the whole is meant, never a part. */
export const stateName = /(?:status|state|phase|result|verdict|health|outcome)$/i;
