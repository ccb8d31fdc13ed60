export { inverseRoot } from './inverse-root.js';
export { type Eigen, symmetricEigen } from './jacobi.js';
export { openProducts, type Products, plainProducts } from './products.js';
