// One story of any length, told to all three: clients take the lock in turn and write to the storage.
// Our text and the peers' texts draw the same messages between the same five participants.

const CLIENTS = ["A", "B", "C"];

/** Writes of each client so that `messages` messages are drawn: acquire, granted, release, released, and two a write. */
function writesFor(messages) {
  return Math.max(1, Math.round((messages / CLIENTS.length - 4) / 2));
}

/** How many messages the story really has: the count asked for, rounded to whole writes. */
export function messagesIn(messages) {
  return CLIENTS.length * (4 + 2 * writesFor(messages));
}

/** A step repeats at most 1,000 times, so a long story has several. */
function writeSteps(writes) {
  const whole = Array(Math.floor(writes / 1_000)).fill("write S x1000");
  return [...whole, ...(writes % 1_000 ? [`write S x${writes % 1_000}`] : [])].join("; ");
}

/** Our text. The pause is the fault that is dragged. */
export function fencepostText(messages) {
  return storyOf(messages, CLIENTS, writesFor(messages));
}

/** The same story with as many clients as a scenario can have, and about so many events; a write comes to six of them. */
export function growthText(events) {
  const others = Array.from({ length: 61 }, (_, at) => `B${at + 1}`);
  return storyOf(events, ["A", ...others], Math.max(1, Math.round(events / 62 / 6)));
}

function storyOf(messages, names, count) {
  const writes = writeSteps(count);
  const clients = names.map((name, at) => `client ${name} at ${at}ms: acquire L; ${writes}; release L`);
  return [
    "fencepost 1",
    `title ${messages} messages`,
    "until 1440m",
    "network delay 50ms",
    "lock L lease 720m first-token 33",
    "store S check ge",
    ...clients,
    "pause A at 120ms for 15s",
    "",
  ].join("\n");
}

/** Five nodes that elect while two of them have one link each; it is the first cut whose edge is dragged. */
export function electionText(seconds) {
  return [
    "fencepost 1",
    "title Five nodes",
    `until ${seconds}s`,
    "network delay 50ms",
    "nodes N1 N2 N3 N4 N5 elect heartbeat 100ms timeout 1s..2s leader N3",
    `partition N4 | N1 N3 N5 from 300ms to ${seconds}s`,
    `partition N5 | N1 N2 from 0s to ${seconds}s`,
    "",
  ].join("\n");
}

/** Each message as [from, to, label, answer?], in the order they are sent. */
function messages(count) {
  const writes = writesFor(count);
  return CLIENTS.flatMap((name, at) => [
    [name, "L", "acquire", false],
    ["L", name, `granted · ${33 + at}`, true],
    ...Array.from({ length: writes }, () => [
      [name, "S", `write · ${33 + at}`, false],
      ["S", name, "ok", true],
    ]).flat(),
    [name, "L", "release", false],
    ["L", name, "released", true],
  ]);
}

/** Mermaid's text; `edit` goes into one label, so that no render can be answered from a cache. */
export function mermaidText(count, edit) {
  const lines = messages(count).map(([from, to, label, answer]) => `  ${from}${answer ? "-->>" : "->>"}${to}: ${label}`);
  return ["sequenceDiagram", ...["A", "B", "C", "L", "S"].map((name) => `  participant ${name}`), ...lines, `  A->>S: ${edit}`].join("\n");
}

/** The text of svg-sequence-diagram, with the same edit. */
export function svgSequenceText(count, edit) {
  const lines = messages(count).map(([from, to, label, answer]) => `${from} ${answer ? "-->" : "->"} ${to}: ${label}`);
  return ["define A, B, C, L, S", ...lines, `A -> S: ${edit}`].join("\n");
}
