// A job process that dies whatever it is told.
process.on('message', () => {
  console.error('out of memory, as it were');
  process.exit(134);
});
