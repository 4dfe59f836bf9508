/** Answers for the made-up bakery: every category, a command, an endpoint that answers at once. */
const baking = {
  domain: 'orders',
  trigger: { kind: 'api', endpoint: 'orders.place' },
  flow: ['counter', 'till', 'oven'],
} as const;

export const bakeryAnswers = {
  smoke: {
    ...baking,
    name: 'Baking Smoke',
    category: 'smoke',
    outcome: [{ state: { path: '.phase', equals: 'ready' } }],
    calibration: 'orders/smoke',
  },
  progress: {
    ...baking,
    name: 'Baking Progress',
    category: 'progress',
    outcome: [{ state: { path: '.phase', equals: 'ready' } }],
    calibration: 'orders/party',
  },
  cancellation: {
    ...baking,
    name: 'Baking Recalled',
    category: 'cancellation',
    outcome: [{ state: { path: '.phase', equals: 'recalled' } }],
    calibration: 'orders/party',
  },
  refused: {
    ...baking,
    name: 'No Bread',
    category: 'error',
    trigger: { kind: 'api', endpoint: 'orders.place', payload: {} },
    outcome: [{ response: { status: 400 } }],
  },
  failing: {
    ...baking,
    name: 'Burnt Bread',
    category: 'error',
    trigger: { kind: 'api', endpoint: 'orders.place', body: { bread: 'charcoal' } },
    outcome: [
      { state: { path: '.phase', equals: 'burnt' } },
      { state: { path: '.note', matches: 'always burns' } },
    ],
    calibration: 'orders/smoke',
  },
  integration: {
    ...baking,
    name: 'Till And Oven',
    category: 'integration',
    outcome: [{ state: { path: '.phase', equals: 'ready' } }],
    calibration: 'orders/smoke',
  },
  menu: {
    name: 'Menu Smoke',
    domain: 'menu',
    category: 'smoke',
    trigger: { kind: 'api', endpoint: 'menu.read' },
    flow: ['counter', 'till'],
    outcome: [{ response: { status: 200 } }],
  },
  ordered: {
    ...baking,
    name: 'Ordered By Command',
    category: 'smoke',
    trigger: { kind: 'cli', command: 'bakery order {bread} {loaves}' },
    outcome: [{ cli: { exitCode: 0, stdout: 'ready' } }],
    calibration: 'orders/smoke',
  },
  orderRecalled: {
    ...baking,
    name: 'Command Recalled',
    category: 'cancellation',
    trigger: { kind: 'cli', command: ['bakery', 'order', 'spelt', '60'] },
    outcome: [
      { state: { path: '.phase', equals: 'recalled' } },
      { cli: { stderr: 'no bread today' } },
    ],
  },
  orderBurnt: {
    ...baking,
    name: 'Command Burnt',
    category: 'error',
    trigger: { kind: 'cli', command: ['bakery', 'order', 'charcoal', '3'] },
    outcome: [
      { state: { path: '.phase', equals: 'burnt' } },
      { state: { path: '.note', matches: 'always burns' } },
    ],
  },
  recipe: {
    name: 'Rye Recipe',
    domain: 'menu',
    category: 'smoke',
    trigger: { kind: 'cli', command: ['bakery', 'recipe', 'rye'] },
    flow: ['till'],
    outcome: [{ cli: { exitCode: 0, stdout: 'rye: 500 g flour' } }],
  },
} as const;
