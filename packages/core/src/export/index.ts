export {
  type ExportedFiles,
  type ExportFormatName,
  type ExportRequest,
  exportFormats,
} from './formats.js';
