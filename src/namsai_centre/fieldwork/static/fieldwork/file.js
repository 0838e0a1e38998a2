// Unsent data as a file, and back: for a phone that cannot send, a full one, or one whose storage was cleared.
import * as store from "./store.js";

const SCHEMA = "namsai.unsent/1";

export async function exportFile(person) {
  const { changes, pictures } = await store.waiting();
  const photos = await Promise.all(pictures.map(async ({ blob, ...p }) => ({ ...p, data: await base64(blob) })));
  const content = { schema: SCHEMA, exported_at: store.localTime(), device: store.deviceId(), person, changes, photos };
  const name = `namsai-${store.localTime().slice(0, 19).replace(/[:T]/g, "-")}.json`;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(content)], { type: "application/json" }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  store.markExported();
  return name;
}

export async function importFile(file) {
  let content;
  try { content = JSON.parse(await file.text()); } catch { return null; }
  if (content?.schema !== SCHEMA || !Array.isArray(content.changes)) return null;
  const pictures = (content.photos || []).map(({ data, ...p }) => ({ ...p, state: "waiting", blob: unpack(data) }));
  return store.putBack(content.changes, pictures);
}

async function base64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
const unpack = (data) => new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], { type: "image/jpeg" });
