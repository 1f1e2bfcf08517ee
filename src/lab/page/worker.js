// Holds one engine. Gets its code once, then requests; gives back answers, both as text.
let engine = null;
function answered(text) {
  const { memory, lab_room, lab_answer, lab_place } = engine.exports;
  const request = new TextEncoder().encode(text);
  // The memory may have moved after each call.
  const room = lab_room(request.length);
  new Uint8Array(memory.buffer, room, request.length).set(request);
  const length = lab_answer();
  return new TextDecoder().decode(new Uint8Array(memory.buffer, lab_place(), length).slice());
}
self.onmessage = async ({ data }) => {
  try {
    if (data.engine) {
      const made = await WebAssembly.instantiate(data.engine, {});
      engine = made.instance ?? made;
      self.postMessage({ ready: true });
    } else {
      const start = performance.now();
      const answer = answered(data.request);
      self.postMessage({ id: data.id, answer, ms: performance.now() - start });
    }
  } catch (error) {
    self.postMessage({ id: data.id, failed: String(error) });
  }
};
