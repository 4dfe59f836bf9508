/** What the blocks below a label are. */
export type Part =
  'steps' | 'criteria' | 'prerequisites' | 'sanity' | 'other' | 'purpose' | 'duration';

const parts: readonly (readonly [RegExp, Part])[] = [
  [/sanity/, 'sanity'],
  [
    /criteria|checklist|acceptance|definition of done|what (?:should|must) (?:hold|be true)|^expected (?:results?|outcomes?|behaviou?r)|^(?:verify|pass(?:es)? (?:if|when)|success)/,
    'criteria',
  ],
  [/prerequisite|pre-?conditions?|^requires?\b|^setup requirements/, 'prerequisites'],
  [/^(?:purpose|goal|objective|description)$/, 'purpose'],
  [/duration|^estimated time|^time$/, 'duration'],
  [
    /step|scenario|commands?|execution|procedure|^run\b|^test\b|how to|hand-?off|instructions|^(?:test )?script|e2e/,
    'steps',
  ],
];

/** Languages of programs. */
export const programs = new Set([
  'python',
  'py',
  'python3',
  'javascript',
  'js',
  'ts',
  'typescript',
  'sql',
  'http',
]);
/** How a command begins in a block without a language. */
export const commandLike =
  /^(?:\$ |curl |docker |uv |npm |npx |git |cd |export |\.\/|make |python3? |pytest |ls |cat |grep |echo |for |while |if |[A-Z_]+=)/;
/** Words for handing the test to an agent. */
export const agentLike =
  /\b[\w-]*(?:test-scout|test-designer|test-runner|test-architect|e2e-tester|tester agent|tester-agent)\b|\bhand(?:s|ed)?[- ]?off to\b/i;

/** What stands below a label or a heading; undefined where its words say nothing. */
export function partOf(label: string): Part | undefined {
  return parts.find(([pattern]) => pattern.test(label))?.[1];
}
