/** Where the official files of data sets are, and what they must be. */

/** A file on the web, known by a digest of its bytes. */
export interface RemoteFile {
  /** The official address. */
  readonly url: string;
  /** Other public addresses of the same bytes, tried after it. */
  readonly alternatives?: readonly string[];
  readonly digest: Digest;
}

export interface Digest {
  readonly algorithm: 'sha256' | 'md5';
  /** Hexadecimal. */
  readonly value: string;
}

/** How a set is fetched: as a gzip'd tar file that holds it in its official folder, or file by file. */
export type Download =
  | { readonly kind: 'archive'; readonly file: RemoteFile }
  | { readonly kind: 'files'; readonly files: readonly RemoteFile[] };

const sha256 = (value: string): Digest => ({ algorithm: 'sha256', value });
const md5 = (value: string): Digest => ({ algorithm: 'md5', value });

/** The page publishes the MD5 c32a1d4ab5d03f1284b67883e8d87530; this is the same file's SHA-256, as TensorFlow Datasets has it. */
export const cifar10Download: Download = {
  kind: 'archive',
  file: {
    url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
    digest: sha256('c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd'),
  },
};

/** As TensorFlow Datasets has it; the page publishes the MD5 03b5dce01913d631647c71ecec9e9cb8. */
export const cifar100Download: Download = {
  kind: 'archive',
  file: {
    url: 'https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz',
    digest: sha256('58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec'),
  },
};

/** The size whose shorter side is 320 pixels; the digest is torchvision's. */
export const imagenetteDownload: Download = {
  kind: 'archive',
  file: {
    url: 'https://s3.amazonaws.com/fast-ai-imageclas/imagenette2-320.tgz',
    digest: md5('3df6f0d01a2c9592104656642f5e78a3'),
  },
};

/** The authors' page no longer serves the files; these are the copies that PyTorch and Google keep, with TensorFlow Datasets' digests. */
export const mnistDownload: Download = {
  kind: 'files',
  files: [
    mnistFile('train-images', 3, '440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609'),
    mnistFile('train-labels', 1, '3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c'),
    mnistFile('t10k-images', 3, '8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6'),
    mnistFile('t10k-labels', 1, 'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6'),
  ],
};

function mnistFile(name: string, dimensions: number, digest: string): RemoteFile {
  const file = `${name}-idx${dimensions}-ubyte.gz`;
  return {
    url: `https://ossci-datasets.s3.amazonaws.com/mnist/${file}`,
    alternatives: [`https://storage.googleapis.com/cvdf-datasets/mnist/${file}`],
    digest: sha256(digest),
  };
}

/** The digests are the authors' own (https://github.com/zalandoresearch/fashion-mnist). */
export const fashionMnistDownload: Download = {
  kind: 'files',
  files: [
    fashionFile('train-images', 3, '8d4fb7e6c68d591d4c3dfef9ec88bf0d'),
    fashionFile('train-labels', 1, '25c81989df183df01b3e8a0aad5dffbe'),
    fashionFile('t10k-images', 3, 'bef4ecab320f06d8554ea6380940ec79'),
    fashionFile('t10k-labels', 1, 'bb300cfdad3c16e7a12a480ee83cd310'),
  ],
};

function fashionFile(name: string, dimensions: number, digest: string): RemoteFile {
  const file = `${name}-idx${dimensions}-ubyte.gz`;
  return {
    url: `http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/${file}`,
    alternatives: [
      `https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/${file}`,
    ],
    digest: md5(digest),
  };
}

/** As TensorFlow Datasets and torchvision have them. */
const svhnFiles: readonly RemoteFile[] = [
  svhnFile('train', '435e94d69a87fde4fd4d7f3dd208dfc32cb6ae8af2240d066de1df7508d083b8'),
  svhnFile('test', 'cdce80dfb2a2c4c6160906d0bd7c68ec5a99d7ca4831afa54f09182025b6a75b'),
];

export const svhnDownload: Download = { kind: 'files', files: svhnFiles };

export const svhnExtraDownload: Download = {
  kind: 'files',
  files: [
    ...svhnFiles,
    svhnFile('extra', 'a133a4beb38a00fcdda90c9489e0c04f900b660ce8a316a5e854838379a71eb3'),
  ],
};

function svhnFile(name: string, digest: string): RemoteFile {
  return { url: `http://ufldl.stanford.edu/housenumbers/${name}_32x32.mat`, digest: sha256(digest) };
}
