import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import sharp, { type Sharp } from 'sharp';

/** A smooth picture of the given size, red to the right, green downwards, a little blue: JPEG hardly changes it. */
export function picture(width: number, height: number, blue = 40): Sharp {
  const pixels = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const level = (at: number, size: number): number => Math.round((255 * at) / Math.max(1, size - 1));
      pixels.set([level(x, width), level(y, height), blue], 3 * (y * width + x));
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

export function jpeg(width: number, height: number, blue = 40): Promise<Buffer> {
  return picture(width, height, blue).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
}

/** `train/<class>/<i>.jpg` and `val/<class>/<i>.jpg`, each image of another size: the folder. */
export async function writePhotoFolder(
  folder: string,
  classes: readonly string[],
  { train = 3, val = 2 }: { readonly train?: number; readonly val?: number } = {},
): Promise<string> {
  for (const [half, count] of Object.entries({ train, val })) {
    for (const [label, name] of classes.entries()) {
      for (let i = 0; i < count; i++) {
        const path = join(folder, half, name, `${i}.jpg`);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, await jpeg(8 + i, 9 + label));
      }
    }
  }
  return folder;
}

/** A folder of the data directory with real images, if there is one and the set is in it. */
export function realData(...parts: readonly string[]): string | undefined {
  return [process.env.STRATA_DATA_DIR, resolve('../shared/data')]
    .filter(base => base !== undefined)
    .map(base => join(base, ...parts))
    .find(existsSync);
}
