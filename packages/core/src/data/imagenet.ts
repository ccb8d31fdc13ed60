/** ImageNet (ILSVRC 2012), https://www.image-net.org, and Imagenette (fast.ai), ten of its classes. */

/** Class folders are WordNet ids. */
export const WORDNET_FOLDERS = { pattern: /^n\d{8}$/, expected: 'WordNet ids such as n01440764' };

/** https://github.com/fastai/imagenette: names by folder, in order of class number. */
export const imagenetteClassNames = {
  n01440764: 'tench',
  n02102040: 'English springer',
  n02979186: 'cassette player',
  n03000684: 'chain saw',
  n03028079: 'church',
  n03394916: 'French horn',
  n03417042: 'garbage truck',
  n03425413: 'gas pump',
  n03445777: 'golf ball',
  n03888257: 'parachute',
} as const;
