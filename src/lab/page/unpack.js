// Packed blocks of the page: gzip in letters (base 85 without "<", ">", "&", quotes and backslashes).

const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?_;|(){}[]@%$#";

// Five letters are four bytes; a last group of fewer letters has one byte less than letters.
function bytesOf(text) {
  const values = new Uint8Array(128);
  for (let place = 0; place < 85; place += 1) values[LETTERS.charCodeAt(place)] = place;
  const rest = text.length % 5;
  const length = Math.floor(text.length / 5) * 4 + Math.max(rest - 1, 0);
  const bytes = new Uint8Array(length + 4);
  for (let from = 0, to = 0; from < text.length; from += 5, to += 4) {
    let value = 0;
    for (let place = from; place < from + 5; place += 1) value = value * 85 + (place < text.length ? values[text.charCodeAt(place)] : 84);
    bytes[to] = value / 16777216;
    bytes[to + 1] = value / 65536;
    bytes[to + 2] = value / 256;
    bytes[to + 3] = value;
  }
  return bytes.subarray(0, length);
}

// The bytes of a packed block.
export async function unpacked(id) {
  const bytes = bytesOf(document.getElementById(id).textContent.trim());
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
