// A job process that computes nothing: it tells which GPUs it sees, and ends when it is asked to.
process.on('message', ({ type }) => {
  if (type === 'stop') process.exit(0);
  const { CUDA_VISIBLE_DEVICES, TF_FORCE_GPU_ALLOW_GROWTH } = process.env;
  const reason = `GPU ${CUDA_VISIBLE_DEVICES}, growing ${TF_FORCE_GPU_ALLOW_GROWTH}`;
  process.send({ type: 'outcome', outcome: { type: 'failed', reason } });
});
