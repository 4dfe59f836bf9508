/** The header of every answer that stands in for HEAD: what a script keeps of it says that no recording holds it. */
export const unrecorded = { 'x-sandbox': 'KTRDR head, unrecorded' };
