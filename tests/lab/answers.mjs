// What an engine answers to the requests of the tests: its bytes and each answer as hashes, to be kept beside it.
//
//     node answers.mjs ENGINE COMPILER
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const [file, compiler] = process.argv.slice(2);
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
const code = readFileSync(file);
const { memory, lab_room, lab_answer, lab_place } = (await WebAssembly.instantiate(code, {})).instance.exports;

function answered(request) {
  const bytes = new TextEncoder().encode(request);
  const room = lab_room(bytes.length);
  new Uint8Array(memory.buffer, room, bytes.length).set(bytes);
  const length = lab_answer();
  return new Uint8Array(memory.buffer, lab_place(), length).slice();
}

const answers = {};
for (const { scene, set, ask } of JSON.parse(readFileSync(new URL("requests.json", import.meta.url), "utf8"))) {
  const scenario = readFileSync(new URL(`../../scenarios/${scene}.toml`, import.meta.url), "utf8");
  const answer = answered(JSON.stringify({ scenario, set, ask }));
  const error = JSON.parse(new TextDecoder().decode(answer)).error;
  if (error) throw new Error(`${scene}: ${error}`);
  answers[scene] = hash(answer);
}
console.log(JSON.stringify({ sha256: hash(code), compiler, answers }, null, 1));
