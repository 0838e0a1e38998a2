// A photo made small on the phone: longest side 1600 px, JPEG; named by its hash so that sending it twice is one photo.
const LONGEST = 1600;

export async function shrink(file) {
  const picture = await createImageBitmap(file);
  const factor = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * factor));
  canvas.height = Math.max(1, Math.round(picture.height * factor));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((yes) => canvas.toBlob(yes, "image/jpeg", 0.82));
  const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return { blob, digest: [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, "0")).join("") };
}
