/**
 * Templates that the build has compiled, by their texts; empty in the sources. The build puts its own module in this one's place,
 * so that the compiler, a fifth of the time of a start, is loaded only for templates that a project brings.
 */
export const readyTemplates: ReadonlyMap<string, TemplateSpecification> = new Map();
